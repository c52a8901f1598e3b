"""Forms of cleaners: who they are, their leaves, their grids, and who was taught."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField, RecordField
from portal.ledgers.forms import NOT_CHOSEN
from portal.ledgers.registry import ledgers
from portal.models.units import UnitKind
from portal.scope import access_of
from portal.text import clean_name, parse_phone
from residents.ages import years_before
from residents.outside_forms import JudgesPersons
from residents.people_ticks import Candidate, Chosen, RowTicks, parts_of
from sanitation.forms.base import CommunityForm
from sanitation.forms.following import FollowingForm
from sanitation.models import CleanerAttendance
from sanitation.selectors.cleaners import cleaners_on
from sanitation.workflow import EDIT

YOUNGEST = 16


class PhoneForm(JudgesPersons, CommunityForm):
    """A record with somebody's phone."""

    def clean(self):
        data = super().clean()
        self.judge("phone", parse_phone)
        return data


class CleanerForm(PhoneForm):
    """Sex and birth date follow from the number where one is given."""

    whole = True  # False: a survey of all cleaners may not say how each is employed

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["employment"].required = False  # clean() asks for it on the screen

    def clean(self):
        data = super().clean()
        if self.whole and not data.get("employment") and "employment" not in self.errors:
            self.add_error("employment", "请选择用工方式。")
        self.judge("name", clean_name)
        self.judge_number(data)
        born, starts = data.get("born_on"), data.get("starts_on")
        if born and born > timezone.localdate():
            self.add_error("born_on", "出生日期不能晚于今天。")
        elif born and starts and born > years_before(starts, YOUNGEST):
            self.add_error("born_on", f"上岗时未满 {YOUNGEST} 周岁，请核对出生日期和上岗日期。")
        return data

    def check_record(self):
        self.instance.derive()
        super().check_record()


def of_a_survey(form_class):
    """The form for the rows of a survey; a quality rule asks for the rest later."""

    class OfSurvey(form_class):
        whole = False

    return OfSurvey


def beyond_service(cleaner, starts, ends) -> dict[str, str]:
    """What is said, at each field, of days on which the cleaner is not on the post."""
    found = {}
    if starts and starts < cleaner.starts_on:
        found["starts_on"] = f"{cleaner.name}在 {cleaner.starts_on} 才上岗。"
    last = cleaner.ends_on
    if last and starts and starts > last:
        found["starts_on"] = f"{cleaner.name}已于 {last} 离岗。"
    elif last and (ends is None or ends > last):
        found["ends_on"] = f"{cleaner.name}已于 {last} 离岗，截止日期不能晚于这一天。"
    return found


class OfCleanerForm(FollowingForm):
    """A leave, or the answering for a grid, while the cleaner is on the post."""

    def clean(self):
        data = super().clean()
        cleaner = data.get("cleaner") or getattr(self.instance, "cleaner", None)
        if cleaner:
            for name, message in beyond_service(
                cleaner, data.get("starts_on"), data.get("ends_on")
            ).items():
                self.add_error(name, message)
        return data


class AttendanceForm(FollowingForm):
    """One cleaner at one training; the day is the training's."""

    def _set_pickers(self):
        super()._set_pickers()
        trainings = ledgers["cleaner-trainings"]
        self.fields["activity"] = RecordField(ledger=trainings, user=self.user, label="培训")

    def clean(self):
        data = super().clean()
        training, cleaner = data.get("activity"), data.get("cleaner")
        if training:
            self.instance.occurred_on = training.occurred_on
        if (
            training
            and cleaner
            and beyond_service(cleaner, training.occurred_on, training.occurred_on)
        ):
            self.add_error("cleaner", f"{cleaner.name}在培训那天（{training.occurred_on}）不在岗。")
        return data


class LeavePostForm(GuidedForm):
    """离岗: the last day on the post, and why."""

    ends_on = DayField(label="离岗日期", help_text="在岗的最后一天。")
    reason = CleanCharField(label="离岗原因", max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = timezone.localdate()
        self.fields["ends_on"].error_messages["required"] = "请填写离岗日期。"
        self.lay_out(("ends_on", "reason"))


class CleanersField(forms.Field):
    """Gives the ticked of ``rows``."""

    def __init__(self, *, rows, **kwargs):
        super().__init__(widget=RowTicks(), **kwargs)
        self.rows = {row.pk: row for row in rows}
        self.widget.offered = self._offered
        places = {str(row.community_id): str(row.community) for row in self.rows.values()}
        self.several = len(places) > 1
        if self.several:
            self.widget.narrowed_by = [("社区（村）", list(places.items()))]

    def _offered(self) -> list[Candidate]:
        return [
            Candidate(
                row.pk,
                row.name,
                f"{row.name}{row.name_keys}".lower(),
                self._hint(row),
                ((str(row.community_id),),) if self.several else (),
            )
            for row in self.rows.values()
        ]

    def _hint(self, row) -> str:
        told = [str(row.community)] if self.several else []
        return " · ".join([*told, *(["已登记"] if getattr(row, "noted", False) else [])])

    def clean(self, value):
        ticked, _ = parts_of(value) if isinstance(value, Chosen) else (set(value or ()), "")
        chosen = [row for pk, row in self.rows.items() if pk in ticked]
        if len(chosen) != len(ticked):
            raise ValidationError("名单已有变化，请核对后重新勾选。")
        if not chosen:
            raise ValidationError("请勾选参加培训的保洁员。", code="required")
        return chosen


class AttendMany(GuidedForm):
    """Who of those on the post that day took part; those noted before are ticked already."""

    passed = forms.TypedChoiceField(
        label="考核",
        required=False,
        choices=[("", NOT_CHOSEN), ("1", "全部合格"), ("0", "全部不合格")],
        coerce=lambda value: value == "1",
        empty_value=None,
        help_text="没有考核的不选；个别人不同的，登记后在“保洁员参训”中修改。",
    )

    def __init__(self, *args, training, user, **kwargs):
        super().__init__(*args, **kwargs)
        noted = CleanerAttendance.objects.kept().filter(activity=training)
        units = access_of(user).units(EDIT)
        if training.unit.kind == UnitKind.COMMUNITY:
            units &= {training.unit_id}
        rows = cleaners_on(units, training.occurred_on)
        rows = rows.annotate(noted=Exists(noted.filter(cleaner=OuterRef("pk"))))
        self.fields["cleaners"] = CleanersField(rows=rows, label="参加培训的保洁员")
        self.fields["cleaners"].initial = [row.pk for row in rows if row.noted]
        self.lay_out(("cleaners",), ("passed",))

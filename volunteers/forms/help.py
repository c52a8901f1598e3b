"""Forms of help requests and of those served; the steps of a request are pages of their own."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, ClockField, DayField, sent_id
from portal.ledgers.forms import NOT_CHOSEN, PLAIN_MESSAGES, LedgerForm
from residents.forms import refuse_future
from residents.models import CareKind, Resident
from volunteers.enums.activities import ActivityState
from volunteers.enums.help import Satisfaction, ServiceKind
from volunteers.models import Served, Shift, Volunteer, VolunteerActivity, VolunteerActivityType
from volunteers.selectors.help import care_kinds_on
from volunteers.services.help import Errand, check_day

A_DAY = 24 * 60
AHEAD = timedelta(days=60)  # shifts that a request may be given
SHIFTS_SHOWN = 40


class HelpRequestForm(LedgerForm):
    """A resident asks for a service; from when on, and whether it can be done, the steps say."""

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "occurred_on")
        resident, asked = data.get("resident"), data.get("occurred_on")
        if resident and asked and resident.died_on and resident.died_on < asked:
            self.add_error("resident", f"这位居民已于{resident.died_on}去世。")
        if asked and data.get("wanted_on") and data["wanted_on"] < asked:
            self.add_error("wanted_on", "希望日期不能早于提出日期。")
        return data


def offered_care_kinds(resident, day, kept=None):
    """The kinds in use, those that the person has on the day first."""
    mine = [kind.pk for kind in care_kinds_on(resident, day)] if resident and day else []
    rows = CareKind.objects.filter(Q(is_retired=False) | Q(pk=kept))
    if not mine:
        return rows
    first = Case(When(pk__in=mine, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(first, "ordinal", "code")


class ServedForm(LedgerForm):
    """Served in an activity on one of its days. Left blank, the care kind is the person's of the day; one
    that they did not have that day is stored with a warning, as the tag may be missing."""

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)
        activity = self._activity()
        if activity is not None and not self.instance.pk:
            self.initial.setdefault("occurred_on", activity.starts_on)
        field = self.fields.get("care_kind")
        if field is not None:
            field.help_text = "不选的，按服务当天的关爱类别填写。"
            field.queryset = offered_care_kinds(
                self._resident(), self._day(), self.instance.care_kind_id
            )

    def _activity(self):
        return VolunteerActivity.objects.filter(pk=sent_id(self.initial.get("activity"))).first()

    def _resident(self):
        if self.instance.pk:
            return self.instance.resident
        asked = sent_id(self.initial.get("resident") or self.data.get(self.add_prefix("resident")))
        return Resident.objects.filter(pk=asked).first() if asked else None

    def _day(self):
        return self.instance.occurred_on or self.initial.get("occurred_on") or timezone.localdate()

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        activity, day = data.get("activity"), data.get("occurred_on")
        if activity and day:
            try:
                check_day(activity, day)
            except ValidationError as error:
                self._update_errors(error)
        self._check_resident(data.get("resident"), day, data.get("care_kind"))
        self._check_volunteer(data.get("volunteer"), day)
        if data.get("minutes") is not None and not 0 < data["minutes"] <= A_DAY:
            self.add_error("minutes", "用时不能少于 1 分钟，也不能超过 24 小时。")
        return data

    def _check_resident(self, resident, day, kind):
        if not (resident and day):
            return
        if resident.died_on and resident.died_on < day:
            self.add_error("resident", f"这位居民已于{resident.died_on}去世。")
        if kind and kind not in care_kinds_on(resident, day):
            self.warnings.append(
                f"{resident.name}在{day}没有“{kind}”的认定，请核对类别，或补登关爱对象。"
            )

    def _check_volunteer(self, volunteer, day):
        if not (volunteer and day):
            return
        if volunteer.joined_on > day or (volunteer.left_on and volunteer.left_on <= day):
            self.add_error("volunteer", f"这位志愿者在{day}不在册。")


class ArrangeForm(GuidedForm):
    """A shift that is announced, or a new activity with one shift: one of the two."""

    shift = forms.ModelChoiceField(
        Shift.objects.none(),
        label="已公布的班次",
        required=False,
        empty_label="新安排一次活动（填写下面各项）",
    )
    title = CleanCharField(
        label="活动名称",
        max_length=80,
        required=False,
        help_text="报名的人会看到，不写居民的姓名和地址。",
    )
    type = forms.ModelChoiceField(
        VolunteerActivityType.objects.none(),
        label="活动类型",
        required=False,
        empty_label=NOT_CHOSEN,
    )
    day = DayField(label="活动日期", required=False)
    starts = ClockField(label="开始时间", required=False)
    ends = ClockField(label="结束时间", required=False)
    capacity = forms.IntegerField(
        label="需要志愿者（人）", required=False, min_value=1, max_value=200
    )
    place = CleanCharField(
        label="集合地点",
        max_length=80,
        required=False,
        help_text="居民的门牌只告诉活动负责人。",
    )
    leader = CleanCharField(label="活动负责人", max_length=50, required=False)

    NEEDED = ("title", "type", "day", "starts", "ends", "capacity", "place")

    def __init__(self, *args, asked, user, **kwargs):
        super().__init__(*args, rows=[asked], **kwargs)
        self.asked = asked
        shifts = self.fields["shift"]
        shifts.queryset = offered_shifts(asked)
        shifts.label_from_instance = told_shift
        self.fields["type"].queryset = VolunteerActivityType.objects.filter(is_retired=False)
        for name, value in self._begun(asked, user).items():
            self.fields[name].initial = value
        for field in self.fields.values():
            field.error_messages |= PLAIN_MESSAGES | {"invalid": f"{field.label}填写不对，请核对。"}
        self.lay_out(
            ("shift",),
            ("title", "type"),
            ("day", "starts", "ends"),
            ("place", "capacity", "leader"),
        )

    def _begun(self, asked, user) -> dict:
        service = asked.get_service_display()
        wanted = asked.wanted_on if asked.wanted_on and asked.wanted_on >= today() else None
        return {
            "title": f"{service if asked.service != ServiceKind.OTHER else '帮扶'}上门服务",
            "type": VolunteerActivityType.objects.filter(
                code=TYPE_OF.get(asked.service, "elders"), is_retired=False
            ).first(),
            "day": wanted,
            "starts": "09:00",
            "ends": "11:00",
            "capacity": 2,
            "place": f"{asked.unit}居委会",
            "leader": user.name,
        }

    def clean(self):
        data = super().clean()
        if data.get("shift"):
            return data
        for name in self.NEEDED:
            if not data.get(name) and name not in self.errors:
                verb = "选择" if name == "type" else "填写"
                self.add_error(name, f"请{verb}{self.fields[name].label}，或选择已公布的班次。")
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", "结束时间应晚于开始时间。")
        if data.get("day") and data["day"] < today():
            self.add_error("day", "新安排的活动不能早于今天；已经做过的，选择当时的班次。")
        return data

    @property
    def errand(self) -> Errand | None:
        """What is to be announced; None where a shift was chosen."""
        data = self.cleaned_data
        if data.get("shift"):
            return None
        begins, ends = (
            timezone.make_aware(datetime.combine(data["day"], data[name]))
            for name in ("starts", "ends")
        )
        return Errand(
            data["title"],
            data["type"],
            data["place"],
            begins,
            ends,
            data["capacity"],
            data["leader"],
        )


TYPE_OF = {
    ServiceKind.CLEANING: "home_cleaning",
    ServiceKind.MEDICAL: "medical_aid",
    ServiceKind.LEGAL: "legal_aid",
    ServiceKind.REPAIR: "handy",
    ServiceKind.HAIRCUT: "handy",
    ServiceKind.TUTORING: "children",
}


def today():
    return timezone.localdate()


def offered_shifts(asked):
    """Of the request's unit, from the day of the request on, not cancelled: the next ones first."""
    first = timezone.make_aware(datetime.combine(asked.occurred_on, datetime.min.time()))
    rows = Shift.objects.kept().filter(
        unit=asked.unit_id,
        starts_at__gte=first,
        starts_at__lte=timezone.now() + AHEAD,
        activity__deleted_at__isnull=True,
    )
    rows = rows.exclude(activity__state=ActivityState.CANCELLED).select_related("activity")
    shown = rows.order_by("-starts_at").values("pk")[:SHIFTS_SHOWN]
    return rows.filter(pk__in=shown).order_by("-starts_at", "pk")


def told_shift(shift) -> str:
    begins, ends = timezone.localtime(shift.starts_at), timezone.localtime(shift.ends_at)
    return f"{begins:%Y-%m-%d %H:%M}–{ends:%H:%M} {shift}（需 {shift.capacity} 人）"


class DoneForm(GuidedForm):
    """The errand of a request is done. A leader is not asked for what a leader may not know."""

    occurred_on = DayField(label="服务日期")
    service = forms.ChoiceField(label="服务内容", choices=ServiceKind.choices)
    people = forms.IntegerField(label="服务人数", min_value=1, max_value=50)
    minutes = forms.IntegerField(label="用时（分钟）", required=False, min_value=1, max_value=A_DAY)
    volunteer = forms.ModelChoiceField(
        Volunteer.objects.none(),
        label="服务的志愿者",
        required=False,
        empty_label=NOT_CHOSEN,
    )
    satisfaction = forms.TypedChoiceField(
        label="满意度",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", NOT_CHOSEN), *Satisfaction.choices],
    )
    said = CleanCharField(label="服务对象评价", max_length=200, required=False)
    is_disabled = forms.BooleanField(label="残疾人", required=False)

    def __init__(self, *args, asked, knows_category: bool, **kwargs):
        super().__init__(*args, rows=[asked], **kwargs)
        shift = asked.shift
        signed = Volunteer.objects.kept().filter(
            pk__in=shift.sign_ups.kept().exclude(state="cancelled").values("volunteer")
        )
        self.fields["volunteer"].queryset = signed.select_related("resident")
        begun = {
            "occurred_on": min(timezone.localdate(shift.starts_at), today()),
            "service": asked.service,
            "people": 1,
        }
        for name, value in begun.items():
            self.fields[name].initial = value
        if not knows_category:
            del self.fields["is_disabled"]
        for field in self.fields.values():
            field.error_messages |= PLAIN_MESSAGES | {"required": f"请填写{field.label}。"}
        self.lay_out(
            ("occurred_on", "service"),
            ("people", "minutes", "volunteer"),
            ("satisfaction", "said"),
        )

    @property
    def served(self) -> Served:
        data = {name: value for name, value in self.cleaned_data.items() if name != "versions"}
        return Served(**data)

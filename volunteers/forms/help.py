"""Forms of help requests and of those served; the steps of a request stand in help_steps."""

from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from portal.ledgers.fields import sent_id
from portal.ledgers.forms import LedgerForm
from residents.forms import refuse_future
from residents.models import CareKind, Resident
from volunteers.models import VolunteerActivity
from volunteers.selectors.help import care_kinds_on
from volunteers.services.help import check_day

A_DAY = 24 * 60


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

"""The steps of a request for help: it is given a shift, and the errand is done."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, ClockField, DayField
from portal.ledgers.forms import NOT_CHOSEN, PLAIN_MESSAGES
from volunteers.enums.activities import ActivityState
from volunteers.enums.help import Satisfaction, ServiceKind
from volunteers.forms.around import required_of
from volunteers.forms.help import A_DAY
from volunteers.models import Served, Shift, Volunteer, VolunteerActivityType
from volunteers.selectors.shifts import standing, told_time
from volunteers.services.help import Errand

AHEAD = timedelta(days=60)  # shifts that a request may be given
SHIFTS_SHOWN = 40


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
    return f"{told_time(shift)} {shift}（需 {shift.capacity} 人）"


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
            pk__in=standing().filter(shift=shift).values("volunteer")
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
            field.error_messages |= PLAIN_MESSAGES | {"required": required_of(field)}
        self.lay_out(
            ("occurred_on", "service"),
            ("people", "minutes", "volunteer"),
            ("satisfaction", "said"),
        )

    @property
    def served(self) -> Served:
        data = {name: value for name, value in self.cleaned_data.items() if name != "versions"}
        return Served(**data)

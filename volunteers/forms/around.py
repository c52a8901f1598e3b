"""Forms of what is recorded about a volunteer, for one and for many at once."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField
from portal.ledgers.forms import NOT_CHOSEN, LedgerForm
from residents.enums import ActivityKind
from residents.models import Activity
from volunteers.enums.volunteers import AwardKind, EvaluationSource
from volunteers.forms.ticks import VolunteersField, present_volunteers

RECENT = 100  # activities to choose from


def before_joining(volunteer, day) -> str:
    """What is said of a day on which somebody was no volunteer yet; "" of any other."""
    if volunteer and day and day < volunteer.joined_on:
        return f"{volunteer.called}在 {volunteer.joined_on} 才成为志愿者。"
    return ""


class OnDayForm(LedgerForm):
    """Something of a day on which its volunteer was one already."""

    def clean(self):
        data = super().clean()
        if message := before_joining(data.get("volunteer"), data.get("occurred_on")):
            self.add_error("occurred_on", message)
        if data.get("source") == EvaluationSource.SERVED and not data.get("level"):
            self.add_error("level", "服务对象的评价请选择满意程度。")
        return data


class InsuranceForm(LedgerForm):
    def clean(self):
        data = super().clean()
        volunteer, day = data.get("volunteer"), data.get("starts_on")
        if volunteer and volunteer.left_on and day and day >= volunteer.left_on:
            self.add_error("volunteer", f"{volunteer.called}已于 {volunteer.left_on} 退出。")
        return data


class TrainingForm(OnDayForm):
    """The activity, where one is named, is a training."""

    def clean(self):
        data = super().clean()
        activity = data.get("activity")
        if activity and activity.kind not in (ActivityKind.TRAINING, ActivityKind.LECTURE):
            self.add_error("activity", "这次活动不是培训或讲座，请核对。")
        return data


class AwardForm(OnDayForm):
    def clean(self):
        data = super().clean()
        if data.get("kind") == AwardKind.MODEL and not data.get("deeds"):
            self.add_error("deeds", "先进典型请写事迹。")
        return data


class InsureManyForm(GuidedForm):
    """One policy for several volunteers."""

    insurer = CleanCharField(label="承保单位", max_length=60)
    policy = CleanCharField(label="保单号", max_length=40, required=False)
    starts_on = DayField(label="起保日期")
    ends_on = DayField(label="到期日期")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"] = VolunteersField(rows=present_volunteers(user), label="投保的志愿者")
        self.lay_out(("insurer", "policy"), ("starts_on", "ends_on"))
        ask_plainly(self)

    def clean(self):
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "到期日期不能早于起保日期。")
        return data

    def values(self) -> dict:
        return {n: self.cleaned_data[n] for n in ("insurer", "policy", "starts_on", "ends_on")}


class TrainManyForm(GuidedForm):
    """One training that several volunteers took; title, place and organisers follow from the activity,
    where it is recorded already."""

    activity = forms.ModelChoiceField(
        Activity.objects.none(),
        label="已登记的培训活动",
        required=False,
        empty_label=NOT_CHOSEN,
        help_text="选了活动，内容、日期、地点可以不填。",
    )
    title = CleanCharField(label="培训内容", max_length=80, required=False)
    occurred_on = DayField(label="日期", required=False)
    hours = forms.IntegerField(label="学时", min_value=1, max_value=999, required=False)
    organiser = CleanCharField(label="组织者", max_length=60, required=False)
    place = CleanCharField(label="地点", max_length=80, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [ActivityKind.TRAINING, ActivityKind.LECTURE]
        recent = Activity.objects.visible_to(user).filter(kind__in=kinds).order_by("-occurred_on")
        keys = list(recent.values_list("pk", flat=True)[:RECENT])
        self.fields["activity"].queryset = Activity.objects.filter(pk__in=keys)
        self.fields["people"] = VolunteersField(rows=present_volunteers(user), label="参加的志愿者")
        self.lay_out(("activity", "hours"), ("title", "occurred_on"), ("organiser", "place"))
        ask_plainly(self)

    def clean(self):
        data = super().clean()
        activity = data.get("activity")
        if activity:
            data["title"] = data.get("title") or activity.title
            data["occurred_on"] = data.get("occurred_on") or activity.occurred_on
            data["place"] = data.get("place") or activity.place[:80]
            data["organiser"] = data.get("organiser") or activity.organisers[:60]
        for name, message in (("title", "请填写培训内容。"), ("occurred_on", "请填写日期。")):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, message)
        day = data.get("occurred_on")
        if day and day > timezone.localdate():
            self.add_error("occurred_on", "日期不能晚于今天。")
        early = (before_joining(person, day) for person in data.get("people") or ())
        if wrong := [message for message in early if message]:
            self.add_error("people", ValidationError(wrong[:20]))
        return data

    def values(self) -> dict:
        names = ("activity", "title", "occurred_on", "hours", "organiser", "place")
        return {name: self.cleaned_data[name] for name in names}


def required_of(field) -> str:
    """What is said of a field that was left out: choices are chosen, the rest is filled in."""
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    return f"请{'选择' if chosen else '填写'}{field.label}。"


def ask_plainly(form) -> None:
    for field in form.fields.values():
        if not isinstance(field, VolunteersField):
            field.error_messages["required"] = required_of(field)

"""Short pages of service: closing what somebody forgot, steps of one record, postings, answers, stars."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from portal.guided import GuidedForm, chinese_day
from portal.ledgers.fields import CleanCharField, DayField
from portal.ledgers.forms import recording_units
from volunteers.forms.hours import clock_field
from volunteers.selectors.hours import rule_on, told_hours
from volunteers.selectors.postings import held_back, to_post
from volunteers.services.hours import FORGOTTEN, moment_on
from volunteers.workflow import EDIT


def reason_field(label: str, *, required=True, size=100):
    return CleanCharField(
        label=label,
        required=required,
        max_length=size,
        error_messages={"required": f"请填写{label}。"},
    )


class CheckOutForm(GuidedForm):
    """When the volunteer left, and why nobody checked them out."""

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, rows=[record], **kwargs)
        self.record = record
        self.fields["left_at"] = clock_field("签退时间")
        self.fields["left_at"].required = True
        self.fields["left_at"].error_messages["required"] = "请填写签退时间。"
        self.fields["next_day"] = forms.BooleanField(label="签退在次日", required=False)
        self.fields["pause_minutes"] = forms.IntegerField(
            label="中间休息（分钟）", required=False, min_value=0, max_value=1440, initial=0
        )
        self.fields["reason"] = reason_field("原因")
        self.fields["reason"].error_messages["required"] = FORGOTTEN
        self.fields["reason"].help_text = "补登签退时间的，由另一位同事确认时长。"
        if record.shift:
            self.fields["left_at"].initial = timezone.localtime(record.shift.ends_at).time()
        self.lay_out(("left_at", "pause_minutes"), ("next_day",))

    @property
    def left(self):
        """The moment that was typed."""
        day = self.record.occurred_on
        if self.cleaned_data.get("next_day"):
            day += timedelta(days=1)
        return moment_on(day, self.cleaned_data["left_at"])


class RecordStepForm(GuidedForm):
    """A step of one record; only refusals and revocations ask for a reason."""

    def __init__(self, *args, record, step, **kwargs):
        super().__init__(*args, rows=[record], **kwargs)
        if step.needs:
            self.fields["void_reason"] = reason_field("原因")

    @property
    def note(self) -> str:
        return self.cleaned_data.get("void_reason", "")


class PostingForm(GuidedForm):
    """Confirmed hours of a unit up to a day."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = recording_units(user, EDIT)
        self.fields["unit"] = forms.ModelChoiceField(units, label="单位", empty_label=None)
        self.fields["until"] = DayField(label="服务日期截至", initial=timezone.localdate())
        self.fields["until"].error_messages["required"] = "请填写服务日期截至。"
        self.fields["place"] = CleanCharField(
            label="公示地点", max_length=80, help_text="如社区宣传栏；网上同时公示。"
        )
        self.fields["place"].error_messages["required"] = "请填写公示地点。"
        self.units = list(units[:2])
        if len(self.units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = self.units[0]

    @property
    def records(self):
        return to_post(self.cleaned_data["unit"], self.cleaned_data["until"])

    def sentences(self):
        unit, until = self.cleaned_data["unit"], self.cleaned_data["until"]
        records = list(self.records)
        people = len({record.volunteer_id for record in records})
        hours = told_hours(sum(record.minutes for record in records))
        today = timezone.localdate()
        last = today + timedelta(days=rule_on(unit, today).posting_days)
        found = [
            f"公示{unit}截至{chinese_day(until)}已确认的服务记录{len(records)}条，"
            f"{people}人，共{hours}小时。",
            f"公示到{chinese_day(last)}为止，期满没有异议的自动计入。",
        ]
        if back := held_back(unit, until).count():
            found.append(f"另有{back}条的更正申请还没有处理，这次不公示。")
        return found


class AnswerForm(GuidedForm):
    """The answer to a correction; accepting it says how long the service really was."""

    def __init__(self, *args, correction, step, **kwargs):
        super().__init__(*args, rows=[correction], **kwargs)
        if step == "accept":
            self.fields["minutes"] = forms.IntegerField(
                label="更正后的时长（分钟）",
                min_value=1,
                max_value=1440,
                initial=correction.wanted_minutes,
            )
            self.fields["minutes"].error_messages["required"] = "请填写更正后的时长。"
        self.fields["answer"] = reason_field("答复", size=200)


class RevokeStarForm(GuidedForm):
    def __init__(self, *args, award, **kwargs):
        super().__init__(*args, rows=[award], **kwargs)
        self.fields["revoked_for"] = reason_field("撤销原因")


class DayForm(forms.Form):
    """Of which unit and as of which day the promotion list is."""

    day = DayField(label="截至日期")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(
            recording_units(user, EDIT), label="单位", empty_label=None
        )

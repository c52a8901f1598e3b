"""点名 on the phone: one day of one programme, added to what is noted already."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from disability.enums.programmes import AttendanceMark
from disability.services.programme_marks import Change
from portal.guided import GuidedForm
from portal.ledgers.fields import DayField


class RollCallForm(GuidedForm):
    """``enrolments`` are the people who may be marked, a field each; ``changes()`` the marks made.

    A cell is only filled, never changed: where somebody noted something else, the service refuses.
    """

    hidden_names = ("programme",)

    occurred_on = DayField(label="日期", error_messages={"required": "请填写日期。"})

    def __init__(self, *args, programme, enrolments, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.people = {f"mark-{each.pk}": each for each in enrolments}
        self.fields["occurred_on"].initial = timezone.localdate
        for name, enrolment in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=enrolment.resident.name,
                choices=AttendanceMark.choices,
                required=False,
                widget=forms.RadioSelect,
            )

    def clean_occurred_on(self):
        day = self.cleaned_data["occurred_on"]
        if day > timezone.localdate():
            raise ValidationError("日期不能晚于今天。")
        return day

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.get(name) for name in self.people):
            raise ValidationError("请至少给一个人点名。")
        return data

    def changes(self) -> list[Change]:
        data = self.cleaned_data
        return [
            Change(enrolment, data["occurred_on"], "", data[name])
            for name, enrolment in self.people.items()
            if data[name]
        ]

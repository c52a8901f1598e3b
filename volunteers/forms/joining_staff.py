"""What staff say of an application."""

from django.utils import timezone

from portal.intake.forms import TakeForm
from portal.ledgers.fields import DayField
from volunteers.models.volunteers import OF_AGE


class ApproveForm(TakeForm):
    """Of somebody under age, also the day on which the guardian was asked."""

    guardian_agreed_on = DayField(
        label="向监护人核实同意的日期",
        help_text="请先打监护人的电话核实。",
        error_messages={"required": "请先向监护人核实，再填写日期。"},
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.application = application
        if application.age_on(application.occurred_on) >= OF_AGE:
            del self.fields["guardian_agreed_on"]

    def clean_guardian_agreed_on(self):
        day = self.cleaned_data["guardian_agreed_on"]
        if day and day > timezone.localdate():
            self.add_error("guardian_agreed_on", "日期不能晚于今天。")
        return day

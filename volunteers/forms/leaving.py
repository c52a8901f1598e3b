"""Leaving, for whatever reason: nobody has to give one."""

from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField


class LeaveForm(GuidedForm):
    left_on = DayField(label="退出日期", error_messages={"required": "请填写退出日期。"})
    leaving_reason = CleanCharField(
        label="退出原因", max_length=100, required=False, help_text="本人不愿说明的可以不填。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["left_on"].initial = timezone.localdate()

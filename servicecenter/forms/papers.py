"""When the receipt was handed over."""

from portal.guided import GuidedForm
from portal.ledgers.fields import DayField


class ReceiptForm(GuidedForm):
    receipt_on = DayField(
        label="出具日期",
        error_messages={"required": "请填写出具日期。"},
        help_text="交给申请人的日期。",
    )

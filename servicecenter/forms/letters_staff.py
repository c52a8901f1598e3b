"""What staff say of a letter, and of a month to be published."""

from django import forms

from portal.guided import GuidedForm
from portal.ledgers.forms import recording_units
from portal.models import Unit
from portal.months import MonthFormField, chinese_month
from servicecenter.enums.reception import ReceptionTopic
from servicecenter.services.public_months import PERMISSION, readings


class QuestionTakeForm(GuidedForm):
    topic = forms.ChoiceField(
        label="类别",
        choices=[("", "请选择"), *ReceptionTopic.choices],
        error_messages={"required": "请选择类别。"},
    )


class PublishForm(GuidedForm):
    unit = forms.ModelChoiceField(
        label="单位",
        queryset=Unit.objects.none(),
        error_messages={"required": "请选择单位。", "invalid_choice": "请选择单位。"},
    )
    month = MonthFormField(label="月份")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = recording_units(user, PERMISSION)
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
        self.lay_out(("unit", "month"))

    def sentences(self):
        """What everybody will read."""
        unit, month = self.cleaned_data["unit"], self.cleaned_data["month"]
        told = [f"{label}：{text}" for label, text in readings(unit, month)]
        return [f"任何人不登录都能看到{unit}{chinese_month(month)}的这些数据：", *told]

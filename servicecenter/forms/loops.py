"""Forms of the steps of supervisions and redresses, and of 督办 by hand."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField
from portal.ledgers.forms import PLAIN_MESSAGES
from portal.ledgers.steps import StepForm
from servicecenter.enums.supervision import SupervisionLevel

CASES_MOST = 200


class LoopStepForm(StepForm):
    """What the step asks for; who takes it begins as the user, words begin blank each time."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.error_messages |= PLAIN_MESSAGES | {"required": f"请填写{field.label}。"}
            if isinstance(field, DayField):
                field.initial = timezone.localdate()
            elif name.endswith("_by"):
                field.initial = user.name
            elif isinstance(field, CleanCharField):
                field.initial = ""
                field.widget = forms.Textarea(attrs={"rows": 3, "maxlength": field.max_length})
        asked = self.step.asks
        self.lay_out(
            tuple(name for name in asked if name.rpartition("_")[2] in {"on", "by", "for"})
        )


class SuperviseForm(GuidedForm):
    """督办 of one case or several."""

    on = DayField(label="督办日期")
    level = forms.ChoiceField(label="督办层级", choices=SupervisionLevel.choices)
    answer_by = DayField(
        label="要求答复日期", required=False, help_text="不填的按规定的工作日计算。"
    )
    ask = CleanCharField(
        label="督办要求", max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )

    def __init__(self, *args, cases, **kwargs):
        super().__init__(*args, **kwargs)
        self.cases = cases
        self.fields["on"].initial = timezone.localdate()
        self.fields["level"].initial = SupervisionLevel.HANDLER
        for field in self.fields.values():
            field.error_messages |= PLAIN_MESSAGES | {"required": f"请填写{field.label}。"}
        self.lay_out(("on", "level", "answer_by"), ("ask",))

    def clean(self):
        data = super().clean()
        on, until = data.get("on"), data.get("answer_by")
        if on and on > timezone.localdate():
            self.add_error("on", "督办日期不能晚于今天。")
        if on and until and until < on:
            self.add_error("answer_by", "要求答复日期不能早于督办日期。")
        if not self.cases:
            raise ValidationError("请先选择要督办的办件。")
        return data

    def sentences(self):
        told = [f"督办 {len(self.cases)} 件办件，分别请承办人答复："]
        shown = [str(case) for case in self.cases[:10]]
        rest = len(self.cases) - len(shown)
        return [*told, *shown, *([f"另外 {rest} 件。"] if rest else [])]

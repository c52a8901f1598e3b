"""Forms of the quarter's score: the rule, a run, an objection and its answer."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from portal.ledgers.forms import PLAIN_MESSAGES, LedgerForm
from portal.ledgers.steps import StepForm
from portal.models.units import UnitKind
from portal.text import clean_text
from portal.width import to_halfwidth
from sanitation.scoring.rounding import told
from sanitation.selectors.scores import lines_of, points_told
from sanitation.services.scores import check_begin, objections_by

MOST_STEPS = 10


class PenaltiesField(CleanCharField):
    """10、5、3: what the last, the second-last … lose."""

    def prepare_value(self, value):
        return "、".join(map(told, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        if isinstance(value, list):
            return value
        text = to_halfwidth(clean_text(value or ""))
        for sign in ",;/ ":
            text = text.replace(sign, "、")
        try:
            steps = [Decimal(part).quantize(Decimal("0.1")) for part in text.split("、") if part]
        except InvalidOperation:
            raise ValidationError("请写成“10、5、3”这样的分数，从最后一名起。") from None
        if len(steps) > MOST_STEPS:
            raise ValidationError(f"最多 {MOST_STEPS} 档。")
        if any(not 0 < step < 1000 for step in steps):
            raise ValidationError("每一档应当大于 0、小于 1000。")
        if steps != sorted(steps, reverse=True):
            raise ValidationError("从最后一名起，扣分应当一档比一档少。")
        return steps

    def has_changed(self, initial, data):
        try:
            return list(initial or []) != self.to_python(data)
        except ValidationError:
            return True


class StreetForm(LedgerForm):
    """What a street keeps for all its communities."""

    def _ask_unit(self):
        super()._ask_unit()
        if "unit" in self.fields:
            field = self.fields["unit"]
            field.queryset = field.queryset.filter(kind=UnitKind.STREET)
            streets = list(field.queryset[:2])
            if len(streets) == 1:
                del self.fields["unit"]
                self.instance.unit = streets[0]

    def clean(self):
        data = super().clean()
        unit = data.get("unit") or getattr(self.instance, "unit", None)
        if unit is not None and unit.kind != UnitKind.STREET:
            raise ValidationError(f"{self.ledger.title}由街道（镇）登记，社区（村）不登记。")
        return data


class ScoreRuleForm(StreetForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        was = self.fields["ranking_penalties"]
        self.fields["ranking_penalties"] = PenaltiesField(
            label=was.label, help_text=was.help_text, required=False, max_length=60
        )

    def clean(self):
        data = super().clean()
        if (data.get("fee_rate_from") or 0) > 100:
            self.add_error("fee_rate_from", "收费率不能高于 100%。")
        if data.get("least_communities") == 0:
            self.add_error("least_communities", "至少填 1。")
        return data


class QuarterRunForm(StreetForm):
    """A new run is computed when it is stored; of a stored one only the note is changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("year", "quarter"):
                self.fields[name].disabled = True

    def clean(self):
        data = super().clean()
        if not self.instance.pk and not self.errors and data.get("year") and data.get("quarter"):
            unit = data.get("unit") or self.instance.unit
            check_begin(unit, data["year"], data["quarter"])
        return data


class RunStepForm(StepForm):
    """What the step asks for; the objection period begins with its usual length."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "objections_until" in self.fields:
            field = self.fields["objections_until"]
            field.initial = objections_by(timezone.localdate())
            field.help_text = "从公布次日起按工作日计算；到这一天为止社区（村）可以提出异议。"


class ObjectionForm(GuidedForm):
    line = forms.ChoiceField(label="对哪一项", required=False)
    reason = CleanCharField(
        label="异议理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )
    signer = CleanCharField(label="提出人", max_length=50)

    def __init__(self, *args, score, user, line="", **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = {str(row.pk): row for row in lines_of(score)}
        self.fields["line"].choices = [
            ("", "整个得分"),
            *(
                (pk, f"{row.label}（{points_told(row.points)} 分）")
                for pk, row in self.lines.items()
            ),
        ]
        self.fields["line"].initial = line if line in self.lines else ""
        self.fields["line"].error_messages["invalid_choice"] = "这一条明细已经改变，请重新选择。"
        self.fields["signer"].initial = user.name
        for field in self.fields.values():
            field.error_messages |= PLAIN_MESSAGES | {"required": f"请填写{field.label}。"}

    @property
    def chosen(self):
        return self.lines.get(self.cleaned_data["line"])


class AnswerForm(GuidedForm):
    upheld = forms.TypedChoiceField(
        label="异议",
        choices=[("yes", "成立"), ("no", "不成立")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    adjustment = forms.DecimalField(
        label="调整分数",
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
        help_text="这里只能补回分数，不能再扣。原记录有误的，先改正原记录，这里填 0："
        "得分按改正后的记录重新计算，可能升也可能降。",
    )
    answer = CleanCharField(label="答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= PLAIN_MESSAGES | {"required": f"请填写{field.label}。"}
        self.fields["upheld"].error_messages["required"] = "请选择异议是否成立。"

    def clean_adjustment(self):
        return self.cleaned_data["adjustment"] or Decimal(0)

    def clean(self):
        data = super().clean()
        if data.get("upheld") is False and data.get("adjustment"):
            self.add_error("adjustment", "异议不成立的，不调整分数。")
        return data

    def sentences(self):
        data = self.cleaned_data
        if not data["upheld"]:
            return ["答复：异议不成立，得分不变。"]
        more = f"，补回 {told(data['adjustment'])} 分" if data["adjustment"] else ""
        return [f"答复：异议成立{more}；这个季度所有社区（村）的得分和名次重新计算。"]

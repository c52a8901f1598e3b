"""Closing and opening, with what will happen in sentences."""

from django import forms
from django.core.exceptions import ValidationError

from portal.corrections import LONGEST, SHORTEST
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from portal.ledgers.filters import period_choices
from portal.models import ClosedPeriod, Unit
from portal.models.units import UnitKind
from portal.periods import Period
from portal.scope import access_of
from portal.text import clean_text


class CloseForm(GuidedForm):
    unit = forms.ModelChoiceField(label="单位", queryset=Unit.objects.none(), empty_label=None)
    period = forms.ChoiceField(label="时段")
    other = forms.CharField(
        label="其他时段",
        required=False,
        max_length=24,
        help_text="如 2024、2025Q2、2025-08；填写后以此为准。",
    )
    note = CleanCharField(
        label="说明", required=False, max_length=300, help_text="如“2025年总结已签发上报”。"
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = access_of(user).units("periods.close")
        self.fields["unit"].queryset = (
            Unit.objects.filter(pk__in=units).exclude(kind=UnitKind.GRID).order_by("code")
        )
        self.fields["period"].choices = period_choices()
        self.lay_out(("unit",), ("period", "other"), ("note",))

    def clean_other(self):
        text = self.cleaned_data["other"].strip()
        try:
            return Period.parse(text) if text else None
        except ValueError as error:
            raise ValidationError(str(error)) from error

    @property
    def chosen(self) -> Period:
        return self.cleaned_data["other"] or Period.parse(self.cleaned_data["period"])

    def sentences(self):
        unit, period = self.cleaned_data["unit"], self.chosen
        whose = "本级和所辖各社区" if unit.kind != UnitKind.COMMUNITY else "本社区"
        return [
            f"{unit}{period.label}关账：{whose}在这段时间发生的记录不能再直接登记、修改或删除。",
            "确需更正的，保存时写明理由，理由随修改记录留存；签发过的总结会显示更正前后的差别。",
            "解锁只能由街道主管办理，并写明理由。",
        ]


class OpenForm(GuidedForm):
    reason = forms.CharField(
        label="解锁理由",
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, row: ClosedPeriod, **kwargs):
        super().__init__(*args, rows=[row], **kwargs)

    def clean_reason(self):
        return clean_text(self.cleaned_data["reason"])

"""Which summaries a run makes: kinds, units and one period."""

from django import forms
from django.core.exceptions import ValidationError

from portal.ledgers.filters import period_choices
from portal.models import Unit
from portal.models.units import UnitKind
from portal.periods import Period
from reports.forms import parsed, plain_helper
from reports.permissions import drafting_outlines, drafting_units
from reports.services.bulk import targets


class BulkForm(forms.Form):
    unit = forms.ModelChoiceField(label="单位", queryset=Unit.objects.none(), empty_label=None)
    reach = forms.ChoiceField(
        label="范围",
        choices=[("communities", "所辖各社区"), ("all", "本级和所辖各社区"), ("own", "只本级")],
        initial="communities",
    )
    kinds = forms.MultipleChoiceField(label="种类", widget=forms.CheckboxSelectMultiple)
    period = forms.ChoiceField(label="时段")
    other = forms.CharField(
        label="其他时段",
        required=False,
        max_length=24,
        help_text="如 2024、2025Q2、2025-08；填写后以此为准。",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()
        self.fields["unit"].queryset = drafting_units(user)
        self.kinds = {outline.kind: outline for outline in drafting_outlines(user)}
        self.fields["kinds"].choices = [(k, f"{k} {o.name}") for k, o in self.kinds.items()]
        self.fields["period"].choices = period_choices()

    def clean_other(self):
        return parsed(self.cleaned_data["other"].strip())

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        unit = cleaned["unit"]
        period = cleaned["other"] or Period.parse(cleaned["period"])
        units = targets(unit, period)
        match cleaned["reach"]:
            case "own":
                units = [each for each in units if each == unit]
            case "communities" if unit.kind != UnitKind.COMMUNITY:
                units = [each for each in units if each.kind == UnitKind.COMMUNITY]
        if not units:
            raise ValidationError("这段时间没有这样的单位。")
        self.asked = {
            "unit": unit,
            "outlines": [self.kinds[kind] for kind in cleaned["kinds"]],
            "units": units,
            "period": period,
        }
        return cleaned

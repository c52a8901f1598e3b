"""Forms of enforcement in the market town: actions, what they dealt with, re-checks."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import ChoicesField, CleanCharField, DayField
from portal.ledgers.forms import LedgerForm
from sanitation.enums.enforcement import MEASURES, WITH_AREA, TargetKind
from sanitation.models import EnforcementItem


def of_one_unit(form, data, name: str) -> None:
    """Add an error where the chosen record is kept by another unit than this one will be."""
    other, unit = data.get(name), data.get("unit") or form.instance.unit
    if other and unit and other.unit_id != unit.pk:
        form.add_error(name, f"“{other}”由{other.unit}登记，不属于所选的单位。")


class ActionForm(LedgerForm):
    """An action lies within the days of its operation."""

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        operation, day = data.get("operation"), data.get("occurred_on")
        of_one_unit(self, data, "operation")
        if operation and day:
            last = operation.ends_on
            if day < operation.starts_on or (last and day > last):
                until = f"至 {last} " if last else "以后"
                self.add_error(
                    "occurred_on", f"行动日期应在整治行动的 {operation.starts_on} {until}之内。"
                )
        return data


class ItemForm(LedgerForm):
    """Day and unit follow from the action; an area for what is only counted is warned of."""

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)
        if "quantity" in self.fields and not self.prefix:  # once, not on each line of many
            measures = "、".join(dict.fromkeys(MEASURES.values()))
            self.fields["quantity"].help_text = f"准确数，按对象计{measures}。"

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        of_one_unit(self, data, "action")
        if action := data.get("action"):
            self.instance.occurred_on = action.occurred_on
        kind = data.get("kind")
        if kind and data.get("area") and kind not in WITH_AREA:
            self.warnings.append(
                f"{TargetKind(kind).label}按{MEASURES[kind]}计，一般没有面积，请核对。"
            )
        untold = not data.get("rechecked_on") and "rechecked_on" not in self.errors
        if data.get("recheck") and untold:
            self.add_error("rechecked_on", "填了复查情况的，请填写复查日期。")
        return data


def told_of(item: EnforcementItem) -> str:
    """户、㎡ and where: how an item is told from others of its action."""
    parts = [
        f"{item.get_kind_display()}{item.quantity}{MEASURES[item.kind]}",
        item.get_handling_display(),
        item.road,
        item.target,
        item.document,
    ]
    return " · ".join(part for part in parts if part)


class RecheckForm(GuidedForm):
    """Which items of an action were looked at again, on which day, and what was found."""

    items = ChoicesField(label="复查的事项", choices=())
    day = DayField(label="复查日期")
    found = CleanCharField(
        label="复查情况", max_length=100, help_text="如已整改到位、仍有反弹，几项相同的一次填。"
    )

    def __init__(self, *args, rows, chosen=(), **kwargs):
        super().__init__(*args, rows=rows, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        self.fields["items"].choices = [(key, told_of(row)) for key, row in self.rows.items()]
        self.fields["items"].initial = [key for key in self.rows if not chosen or key in chosen]
        self.fields["day"].initial = timezone.localdate()
        for field in self.fields.values():
            wanted = "选择" if isinstance(field, forms.MultipleChoiceField) else "填写"
            field.error_messages["required"] = f"请{wanted}{field.label}。"
        self.lay_out(("items",), ("day", "found"))

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError("复查日期不能晚于今天。")
        return day

    @property
    def chosen_items(self) -> list[EnforcementItem]:
        """As they were when the page was opened."""
        return [self.as_loaded(self.rows[key]) for key in self.cleaned_data["items"]]

"""Forms of 民情走访 and of its checklist."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.days import parse_date
from portal.guided import GuidedForm
from portal.ledgers.fields import ChoicesField, CleanCharField
from portal.ledgers.forms import LedgerForm, recording_units
from servicecenter.enums.visits import ChecklistGroup
from servicecenter.selectors.visits import checklist_on

APART = re.compile(r"[、，,；;/|\n]")


class FolkVisitForm(LedgerForm):
    """A visit with one tick list for each of 四知, 四清, 四掌握: what the checklist of that day asks."""

    need = CleanCharField(
        label="发现的需求",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="需要办理的事写在这里，保存后可一键转为办件。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        folk = getattr(self.instance, "folk", None) if self.instance.pk else None
        ticked = (
            set(folk.answers.kept().filter(known=True).values_list("item", flat=True))
            if folk
            else set()
        )
        for group in ChecklistGroup:
            items = [item for item in self._items() if item.group == group]
            if items:
                self.fields[group.value] = ChoicesField(
                    label=group.label,
                    required=False,
                    choices=[(str(item.pk), item.text) for item in items],
                    help_text="走访中了解到的打勾。" if group == ChecklistGroup.KNOWN else "",
                )
                self.initial[group.value] = [str(i.pk) for i in items if i.pk in ticked]
        if folk:
            self.initial["need"] = folk.need
        self.helper.layout = self._layout()

    def _items(self):
        """Those of the day that the form tells, else of today."""
        if not hasattr(self, "_asked"):
            unit = self.instance.unit_id and self.instance.unit
            unit = unit or recording_units(self.user, self.ledger.edit_permission).first()
            self._asked = checklist_on(unit, self._day()) if unit else []
        return self._asked

    def _day(self):
        typed = self.data.get(self.add_prefix("occurred_on")) if self.is_bound else None
        try:
            day = parse_date(typed) if isinstance(typed, str) else typed
        except ValidationError:
            day = None  # said at its field
        return day or self.instance.occurred_on or timezone.localdate()

    @property
    def found_out(self) -> set[int]:
        """The keys of the items that were found out."""
        names = [group.value for group in ChecklistGroup if group.value in self.fields]
        return {int(key) for name in names for key in self.cleaned_data.get(name) or ()}


class ChecklistItemForm(LedgerForm):
    """A text that stands in one cell beside others: without the marks that part them."""

    def judges_alone(self):
        return True

    def clean_text(self):
        text = self.cleaned_data["text"]
        if APART.search(text):
            raise ValidationError("一项一条，不用顿号、逗号、分号。")
        return text


class SeedForm(GuidedForm):
    """For which unit the usual checklist is taken."""

    unit = forms.ModelChoiceField(label="单位", queryset=None, empty_label=None)

    def __init__(self, *args, user, permission, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = recording_units(user, permission)
        self.lay_out(("unit",))

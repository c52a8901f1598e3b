"""Mending one field of one record in place, by the rules of its ledger's form."""

from django import forms
from django.core.exceptions import ValidationError

from portal.ledgers import ledgers
from portal.ledgers.fields import formfield_for
from portal.ledgers.forms import LedgerForm


def fix_form(rule, record, user, data=None, **kwargs):
    """A form of the rule's one field and the record's version; the field must be filled."""
    ledger = ledgers[rule.ledger]
    form_class = forms.modelform_factory(
        ledger.model,
        form=OneFieldForm,
        fields=["unit", rule.field],
        formfield_callback=formfield_for,
    )
    form = form_class(data, instance=record, ledger=ledger, user=user, **kwargs)
    form.rule = rule
    field = form.fields[rule.field]
    field.required = True
    field.widget.is_required = True
    return form


class OneFieldForm(LedgerForm):
    """The ledger's form without the rules that need its other fields."""

    rule = None

    def clean(self):
        data = super().clean()
        name = self.rule.field
        if self.rule.parse and data.get(name):
            try:
                data[name] = self.rule.parse(data[name])
            except ValidationError as error:
                self.add_error(name, error)
        return data

    def check_record(self):
        if hasattr(self.instance, "derive"):
            self.instance.derive()
        super().check_record()

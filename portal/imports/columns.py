"""Which columns of a sheet a ledger takes, and what each may hold."""

from dataclasses import dataclass

from django import forms

from portal.imports.resolving import Resolver
from portal.ledgers.fields import RecordField
from portal.ledgers.forms import form_class_for

NUMBER_ENDINGS = ("号码", "证号", "电话", "手机", "手机号", "账号", "卡号")
PHONE_WORDS = ("电话", "手机")


@dataclass(frozen=True)
class ImportColumn:
    """A column that fills the form field ``field``, alone or with others of the same resolver.

    ``is_number`` marks identifying numbers, which a spreadsheet must hold as text.
    """

    label: str
    field: str
    form_field: forms.Field
    required: bool
    resolver: Resolver | None = None
    is_number: bool = False
    width: int = 14

    @property
    def is_phone(self) -> bool:
        return any(word in self.label for word in PHONE_WORDS)

    @property
    def multiple(self) -> bool:
        return isinstance(self.form_field, forms.MultipleChoiceField)

    @property
    def options(self) -> list[tuple[str, object]]:
        """(words, value) of a choice column; empty for one that takes anything."""
        field = self.form_field
        if self.resolver or isinstance(field, RecordField):
            return []
        if isinstance(field, forms.ModelChoiceField):
            return [(field.label_from_instance(row), row.pk) for row in field.queryset]
        if isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField)):
            return [(str(words), value) for value, words in field.choices if value != ""]
        return []


def blank_form(ledger, user, unit):
    """The form of a new record at the unit; it tells what is required and what is preset."""
    return form_class_for(ledger)({}, ledger=ledger, user=user, unit=unit)


def import_columns(ledger, form) -> list[ImportColumn]:
    """In the order of the ledger's columns; labels that only a resolver needs come last."""
    resolver_of = {
        label: (name, resolver)
        for name, resolver in ledger.resolvers.items()
        for label in resolver.labels
    }
    found: dict[str, ImportColumn] = {}
    for col in ledger.all_columns:
        name, resolver = resolver_of.get(col.label, (col.field, None))
        if name in form.fields and name != "unit" and col.label not in found:
            found[col.label] = _column(form, col.label, name, resolver, col.masked, col.width)
    for label, (name, resolver) in resolver_of.items():
        if label not in found and name in form.fields:
            found[label] = _column(form, label, name, resolver, False, 14)
    return list(found.values())


def _column(form, label, name, resolver, masked, width):
    field = form.fields[name]
    initial = form.get_initial_for_field(field, name)
    return ImportColumn(
        label,
        name,
        field,
        required=field.required and initial in (None, "", []),
        resolver=resolver,
        is_number=masked or label.endswith(NUMBER_ENDINGS),
        width=width,
    )

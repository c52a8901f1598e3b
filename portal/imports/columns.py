"""Which columns of a sheet a ledger takes, and what each may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms

from portal.imports.declare import dialects_of
from portal.imports.resolving import Resolver
from portal.ledgers.fields import RecordField
from portal.ledgers.forms import form_class_for

NUMBER_ENDINGS = ("号码", "证号", "电话", "手机", "手机号", "账号", "账户", "卡号", "信用代码")
PHONE_WORDS = ("电话", "手机")


@dataclass(frozen=True)
class ImportColumn:
    """A column that fills the form field ``field``, alone or with others of the same resolver.

    ``is_number`` marks identifying numbers, which a spreadsheet must hold as text. ``also`` are
    other names of the column and ``words`` other words of its choices: {theirs: ours}. ``part`` is
    the part of a combined target.
    """

    label: str
    field: str
    form_field: forms.Field
    required: bool
    resolver: Resolver | None = None
    is_number: bool = False
    width: int = 14
    also: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    ledger_label: str = ""  # where a combined target calls it otherwise

    @property
    def key(self) -> str:
        """What a row's data has the column's value under: the form field, in its part."""
        return f"{self.part}.{self.field}" if self.part else self.field

    @property
    def is_phone(self) -> bool:
        return any(word in self.label for word in PHONE_WORDS)

    @property
    def multiple(self) -> bool:
        return isinstance(self.form_field, forms.MultipleChoiceField)

    @property
    def options(self) -> list[tuple[str, object]]:
        """(words, value) of a choice column; empty for one that takes anything."""
        choices = self.form_field
        if self.resolver or isinstance(choices, RecordField):
            return []
        if isinstance(choices, forms.ModelChoiceField):
            return [(choices.label_from_instance(row), row.pk) for row in choices.queryset]
        if isinstance(choices, (forms.ChoiceField, forms.MultipleChoiceField)):
            return [(str(words), value) for value, words in choices.choices if value != ""]
        return []


def blank_form(ledger, user, unit):
    """The form of a new record at the unit; it tells what is required and what is preset."""
    return undated(form_class_for(ledger)({}, ledger=ledger, user=user, unit=unit))


def undated(form):
    """The form without the day on which it is filled in: a sheet tells of other days."""
    if not form.instance.pk:
        form.initial.pop(form.ledger.today, None)
    return form


def import_columns(ledger, form) -> list[ImportColumn]:
    """In the order of the ledger's columns; labels that only a resolver needs come last."""
    resolver_of = {
        label: (name, resolver)
        for name, resolver in ledger.resolvers.items()
        for label in resolver.labels
    }
    found: dict[str, ImportColumn] = {}
    dialects = dialects_of(ledger.model)
    for col in ledger.all_columns:
        name, resolver = resolver_of.get(col.label, (col.field, None))
        if name in form.fields and name != "unit" and col.label not in found:
            found[col.label] = _column(
                form, col.label, name, resolver, dialects, masked=col.masked, width=col.width
            )
    for label, (name, resolver) in resolver_of.items():
        if label not in found and name in form.fields:
            found[label] = _column(form, label, name, resolver, dialects)
    return list(found.values())


def _column(form, label, name, resolver, dialects, *, masked=False, width=14):
    form_field = form.fields[name]
    initial = form.get_initial_for_field(form_field, name)
    words: dict[str, str] = {}
    for dialect in reversed(dialects):
        words |= dialect.words.get(label, {})
    return ImportColumn(
        label,
        name,
        form_field,
        required=form_field.required and initial in (None, "", []),
        resolver=resolver,
        is_number=masked or label.endswith(NUMBER_ENDINGS),
        width=width,
        also=tuple(other for dialect in dialects for other in dialect.labels.get(label, ())),
        words=words,
    )

"""What the help page of a ledger tells: its fields, what counts its records, and on which date."""

from dataclasses import dataclass

from django import forms

from portal.figures import figures
from portal.figures.declare import Counted
from portal.ledgers.forms import form_class_for
from portal.ledgers.registry import ledger_for

MOST_WORDS = 12  # choices told one by one; of more, the first ones


@dataclass(frozen=True)
class FieldTold:
    """One field of the form: ``words`` are its choices, ``more`` how many stand beyond them."""

    label: str
    required: bool
    hint: str
    words: tuple[str, ...]
    more: int


def fields_of(ledger, user) -> list[FieldTold]:
    """The fields as the form asks for them; () for a ledger that services write."""
    if not ledger.by_hand:
        return []
    form = form_class_for(ledger)(ledger=ledger, user=user)
    return [_told(form.fields[name]) for name in ledger.form_fields if name in form.fields]


def _told(field) -> FieldTold:
    listed = isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField))
    if not listed or isinstance(field, forms.ModelChoiceField):
        words = ()
    else:
        words = tuple(str(word) for value, word in field.choices if value not in ("", None))
    return FieldTold(
        str(field.label or ""),
        field.required,
        str(field.help_text or ""),
        words[:MOST_WORDS],
        max(len(words) - MOST_WORDS, 0),
    )


def figures_of(ledger, access) -> list:
    """The figures that count the ledger's rows, of those that the user may see."""
    return [
        figure
        for figure in figures
        if isinstance(figure, Counted)
        and figure.domain == ledger.domain
        and figure.model is ledger.model
        and access.may(figure.permission)
        and access.may("figures.view")
        and ledger_for(figure.model, figure.domain) is not None
    ]


def dates_of(counted) -> list[str]:
    """By which dates these figures count, each once, in their order."""
    return list(dict.fromkeys(figure.date_basis for figure in counted if figure.date_basis))

"""A community in which every free text of its ledgers is hostile, typed into the ledgers' own forms."""

import os
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction

from portal.errors import StaleRecord
from portal.ledgers.forms import form_class_for
from portal.ledgers.registry import ledgers
from portal.scope import Denied
from tests.conftest import acting_as
from tests.security.hostile_texts import text_for

REFUSED = (DatabaseError, ValidationError, StaleRecord, Denied)
TRIES = 5
SHORTEST = 5  # of shorter columns none is free text
# Of 150 ledgers every second is filled, of these every third read, others of them by each test; with
# ALL_LEDGERS=1 all are, which takes five minutes.
ALL = bool(os.environ.get("ALL_LEDGERS"))
FILLED, EVERY = (1, 1) if ALL else (2, 3)
ALWAYS = {"residents", "visits", "activities", "households"}
TWICE = {
    "moves"
}  # the same rows as life events; typed over, they would no longer say what those did


@dataclass
class Filled:
    """``typed`` by (slug, form field) went through a form; ``put`` by (slug, column) past it."""

    rows: dict
    typed: dict = field(default_factory=dict)
    put: dict = field(default_factory=dict)
    refused: dict = field(default_factory=dict)


def some(slugs, turn: int) -> list[str]:
    return [*slugs][turn % EVERY :: EVERY]


def is_free(form_field) -> bool:
    return isinstance(form_field, forms.CharField) and not form_field.widget.is_hidden


def bound_form(ledger, user, row):
    record = ledger.queryset(user).filter(pk=row.pk).first()
    if record is None:
        return None
    return form_class_for(ledger)(instance=record, ledger=ledger, user=user)


def is_sent(value) -> bool:
    """Lines of a table within a form, given as objects, stay out: without them none is meant."""
    lines = isinstance(value, list) and not all(isinstance(each, str | int) for each in value)
    return value not in (None, False) and not lines


def as_sent(form) -> dict:
    """What a browser sends of an untouched form."""
    sent = {}
    for bound in form:
        value = bound.value()
        ticked = value is True and isinstance(bound.field.widget, forms.CheckboxInput)
        if is_sent(value):
            sent[bound.html_name] = "on" if ticked else value
    return sent | {"version": form.instance.version}


def stored(ledger, user, row, form, names) -> list[str]:
    """Those of ``names`` that now hold something else: not what a page of its own writes, nor what is
    put together anew from other fields."""
    with acting_as(user):
        now = bound_form(ledger, user, row)
        return [n for n in names if now and now[n].value() != form[n].value()]


def type_over(filled: Filled, client, user, slug, post) -> None:
    """Hostile text in each free field of the row's form; what a field refuses stays as it was."""
    ledger, row = ledgers[slug], filled.rows[slug]
    with acting_as(user):
        form = bound_form(ledger, user, row)
        if form is None:
            return
        before = as_sent(form)
        free = {name: each.max_length for name, each in form.fields.items() if is_free(each)}
    hostile = {
        name: text_for(len(filled.typed) + number, longest)
        for number, (name, longest) in enumerate(free.items())
    }
    hostile = {name: text for name, text in hostile.items() if text}
    for _ in range(TRIES):
        answer = post(client, ledger.url("edit", row), before | hostile)
        if answer.status_code == 302:
            filled.typed |= {
                (slug, name): hostile[name] for name in stored(ledger, user, row, form, hostile)
            }
            return
        if answer.status_code != 200:
            return
        errors = answer.context["form"].errors
        wrong = [name for name in errors if hostile.pop(name, None)]
        filled.refused |= {(slug, name): list(errors[name]) for name in wrong}
        if not wrong:
            filled.refused[slug, "*"] = dict(errors)
            return


def free_columns(model):
    for column in model._meta.concrete_fields:
        text = isinstance(column, (models.CharField, models.TextField))
        typed = text and not column.choices and not column.unique and "_" not in column.verbose_name
        if typed and (column.max_length or SHORTEST) >= SHORTEST:
            yield column


def put_past_forms(filled: Filled, slug) -> None:
    """Where services alone write the row: each free column that the database lets be so."""
    row = filled.rows[slug]
    for column in free_columns(type(row)):
        if (slug, column.name) in filled.typed:
            continue
        fresh = type(row).objects.filter(pk=row.pk).first()
        if fresh is None:
            return
        text = text_for(len(filled.put), column.max_length)
        setattr(fresh, column.name, text)
        try:
            with transaction.atomic():
                fresh.save()
        except REFUSED:
            continue
        filled.put[slug, column.name] = text


def fill(rows, client, user, unit, post) -> Filled:
    rows = {s: row for n, (s, row) in enumerate(rows.items()) if n % FILLED == 0 or s in ALWAYS}
    filled = Filled(rows)
    for slug in rows:
        if ledgers[slug].by_hand and slug not in TWICE:
            type_over(filled, client, user, slug, post)
    through_forms = {slug for slug, _ in filled.typed}
    with acting_as(unit):
        for slug in rows.keys() - through_forms:
            put_past_forms(filled, slug)
    return filled

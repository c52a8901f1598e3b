"""The rows of one sheet, each matched to its record and put through the ledger's form."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace
from itertools import islice

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.forms.models import InlineForeignKeyField

from portal.errors import OutOfScope, ReferenceOutOfScope, StaleRecord
from portal.imports.columns import blank_form
from portal.imports.differences import changes_between, contents_of, replaced, state_of
from portal.imports.journal import CHANGED, NEW, REFUSED, UNCHANGED, WARNED, RowFate
from portal.imports.matching import Table
from portal.imports.report import WARNING, Problem, Report, SheetReport
from portal.imports.row_reading import Row, RowReader
from portal.imports.wording import message_of, without
from portal.ledgers.fields import RecordField
from portal.ledgers.forms import form_class_for
from portal.scope import Denied

CHUNK = 500  # rows whose known records are fetched together
EMPTY = (None, "", [], ())
ALIKE = 20  # records of one identity that are compared with a row


class GivenRecord(InlineForeignKeyField):
    """Stands in for a picker where the record itself is at hand, seen by the user's own rights.

    The form skips Django's look-up of this kind of field; our constraints and the wall still check.
    """

    def __init__(self, picker):
        forms.Field.__init__(self, label=picker.label, required=picker.required)

    def clean(self, value):
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return value


class SheetImport:
    """Runs one table. Where several records are recognised by the same cells (two visits of one
    day), every row takes another of them, so a file brought in twice changes nothing."""

    def __init__(self, table: Table, unit, by, report: Report, journal, decisions, steps):
        self.table, self.ledger, self.unit, self.by = table, table.ledger, unit, by
        self.report, self.journal, self.steps = report, journal, steps
        self.counts = SheetReport(table.sheet.name, self.ledger.slug, self.ledger.title)
        self.form_class = form_class_for(self.ledger)
        self.blank = blank_form(self.ledger, by, unit)
        self.reader = RowReader(table, unit, by, decisions)
        self.stored: dict[int, Row] = {}  # rows by the keys of what they left, without their texts
        self.brought: dict[tuple, tuple[int, int]] = {}  # identity: (row, key of its record)

    def run(self) -> None:
        self.report.sheets.append(self.counts)
        self.known = self._known_records()
        for rows in batched(self.reader.rows(), CHUNK):
            guesses = [self._guess(row) for row in rows]
            self._fetch(guesses)
            for row, guess in zip(rows, guesses, strict=True):
                self._bring_in(row, guess)
            self.steps.took(len(rows))

    def look_again(self) -> None:
        """Report what only all the rows of the file together can tell, each at the row's cell."""
        for pk, name, message in self.ledger.found_afterwards(list(self.stored)):
            row = self.stored[pk]
            self._refuse(row, [(self._column_of(name, row), message)])

    def _known_records(self) -> dict[tuple, list[int]]:
        """Keys of the unit's records by what recognises them, the oldest first."""
        known = defaultdict(list)
        kept = self._rows().filter(unit=self.unit, deleted_at__isnull=True)
        for record in kept.order_by("pk").iterator(chunk_size=2000):
            if identity := self.ledger.identity_of(record):
                known[identity].append(record.pk)
        self.merged = {}
        for identity, record in self.ledger.aliases(self.unit):
            if identity and record.merged_into_id not in known[identity]:
                known[identity].append(record.merged_into_id)
                self.merged[identity] = record
        return known

    def _rows(self):
        return self.ledger.model._default_manager.filter(self.ledger.where)

    # --- storing --------------------------------------------------------------------------------

    def _guess(self, row: Row) -> tuple:
        """What recognises the row, as far as its cells tell without the rules of the form."""
        instance = self.ledger.model(unit=self.unit)
        for name in self.ledger.model_fields:
            if name not in self.blank.fields:
                continue
            form_field = self.blank.fields[name]
            value = row.data.get(name, self.blank.get_initial_for_field(form_field, name))
            if not isinstance(value, Model):
                try:
                    value = form_field.clean(value)
                except ValidationError:
                    continue
            setattr(instance, name, value)
        return self._identity(instance)

    def _fetch(self, guesses: list[tuple]) -> None:
        wanted = {pk for identity in guesses for pk in self.known.get(identity, ())}
        rows = self._rows().select_related("unit", *self.ledger.select_related)
        self.fetched = rows.in_bulk(wanted)

    def _bring_in(self, row: Row, guess: tuple) -> None:
        record = self._take(guess, row)
        identity = guess
        if record is None:
            form = self._form(row)
            form.full_clean()
            identity = self._identity(form.instance)
            if identity != guess:
                record = self._take(identity, row)
        was = record
        if record is not None:
            row = self._as_merged(row, identity)
            was, before = copy(record), state_of(record)
            form = self._form(row, record)
            form.full_clean()
        refusals = self._refusals(row, form, is_new=record is None)
        if refusals and record is None and not row.faults and self._repeats(row, identity):
            earlier = self.brought[identity][0]
            refusals = [(refusals[0][0], f"与本表第 {earlier} 行重复，请只留一行。")]
        if refusals:
            self._refuse(row, refusals)
        elif record is not None and not self._differs(form, record, before):
            self.counts.unchanged += 1
            self._tell(UNCHANGED, row, record)
            self.brought.setdefault(identity, (row.number, record.pk))
        else:
            self._store(row, form, identity, was)

    def _form(self, row: Row, record=None):
        """A form on the record as it is, or on the preset values, with the filled cells on top."""
        data = {}
        form = self.form_class(
            data, instance=record, ledger=self.ledger, user=self.by, unit=self.unit
        )
        for name, form_field in list(form.fields.items()):
            if isinstance(form_field, RecordField):
                form.fields[name] = GivenRecord(form_field)
                present = getattr(record, name, None)
            else:
                present = form.get_initial_for_field(form_field, name)
            kept = record is not None and name in self.table.keeps and present not in EMPTY
            data[name] = present if kept else row.data.get(name, present)
        return form

    def _as_merged(self, row: Row, identity: tuple) -> Row:
        """Of a row that means a merged record, without the cells that repeat what that record said:
        which value stays was decided when it was merged."""
        merged = self.merged.get(identity)
        if merged is None:
            return row
        probe = self._form(row)
        probe.full_clean()
        nothing = object()
        data = {
            name: value
            for name, value in row.data.items()
            if name not in self.ledger.numbered_by
            and getattr(probe.instance, name, nothing) != getattr(merged, name, None)
        }
        return replace(row, data=data)

    def _identity(self, instance) -> tuple:
        if hasattr(instance, "derive"):
            instance.derive()  # keyed hashes follow from what has just been set
        return self.ledger.identity_of(instance)

    def _take(self, identity: tuple, row: Row):
        """The record that the row stands for, once: the one most like it, the oldest first."""
        alike = self.known.get(identity, [])
        if not identity or not alike:
            return None
        pk = alike[0]
        if len(alike) > 1:
            pk = max(alike[:ALIKE], key=lambda each: self._likeness(row, each))
        alike.remove(pk)
        return self._record(pk)

    def _record(self, pk: int):
        return copy(self.fetched.get(pk) or self._rows().select_related("unit").get(pk=pk))

    def _likeness(self, row: Row, pk: int) -> int:
        """2: the row says what is stored, and its blanks are blank there; 1: it would change
        nothing; 0: it would."""
        record = self._record(pk)
        before = state_of(record)
        form = self._form(row, record)
        if not form.is_valid() or self._differs(form, record, before):
            return 0
        blanks = self.reader.columns_of.keys() - row.data.keys()
        return 1 if any(form.cleaned_data.get(name) for name in blanks) else 2

    def _repeats(self, row: Row, identity: tuple) -> bool:
        """Nothing is wrong with the row but that an earlier one brought the same record."""
        if not identity or identity not in self.brought:
            return False
        return self._form(row, self._rows().get(pk=self.brought[identity][1])).is_valid()

    def _refusals(self, row: Row, form, *, is_new: bool) -> list[tuple[int, str]]:
        """(column, message) for all that is wrong, column 0 for what concerns the whole row;
        nothing is said twice of one field."""
        refusals = [(number, message) for number, _, message in row.faults]
        silent = {name for _, name, _ in row.faults}
        if is_new:
            for number, name in row.masked:
                if name not in row.data and name not in silent:
                    refusals.append((number, "号码已遮盖，不能用来登记新记录，请填写完整号码。"))
                    silent.add(name)
        for name, errors in form.errors.as_data().items():
            if name in silent or (name == NON_FIELD_ERRORS and row.faults):
                continue
            number = self._column_of(name, row)
            for error in errors:
                message = message_of(error)
                if number == 0 and name in form.fields:
                    message = f"{form.fields[name].label}：{message}"
                refusals.append((number, message))
        return refusals

    def _column_of(self, name: str, row: Row) -> int:
        return row.places.get(name) or next(iter(self.reader.columns_of.get(name, ())), 0)

    def _refuse(self, row: Row, refusals) -> None:
        self.counts.refused += 1
        self._complain(REFUSED, row, [self._say(row, *refusal) for refusal in refusals])

    def _complain(self, fate: str, row: Row, problems: list[Problem], label="") -> None:
        names = ("cell", "column", "label", "message", "field", "choices")
        told = [{name: getattr(p, name) for name in names} for p in problems]
        fated = RowFate(self.table.sheet.name, row.number, label, problems=told)
        self.journal.tell(fate, fated)

    def _say(self, row: Row, number: int, message: str, **more) -> Problem:
        place = self.table.place(row.number, number or row.first)
        if not number:
            place["label"] = ""
        said = without(row.texts, message)
        key = next((key for key, place in row.places.items() if place == number), "")
        if choices := row.choices.get(key):
            more |= {"field": row.decision(key), "choices": choices}
        return self.report.add(self.table.sheet.name, said, of_row=True, **place, **more)

    def _tell(self, fate: str, row: Row, record, changes=()) -> None:
        label = self.ledger.label_of(record)
        self.journal.tell(fate, RowFate(self.table.sheet.name, row.number, label, changes))

    def _differs(self, form, record, before: dict) -> bool:
        if state_of(record) != before:
            return True
        stored = {f.name for f in record._meta.concrete_fields} | {"version"}
        extras = form.fields.keys() - stored
        return any(form.cleaned_data.get(n) != form.initial.get(n) for n in extras)

    def _store(self, row: Row, form, identity, was) -> None:
        """Store the form's record; ``was`` is the record before, None for a new one."""
        try:
            with transaction.atomic():
                saved = self.ledger.save(form, by=self.by)
                self._check_belongs(saved)
        except ValidationError as error:
            self._refuse(row, [(0, message_of(error))])
        except Denied as denial:
            self._refuse(row, [(0, str(denial))])
        except (IntegrityError, StaleRecord, OutOfScope, ReferenceOutOfScope):
            self._refuse(row, [(0, "与已有的记录冲突，不能保存，请核对这一行。")])
        else:
            self.stored[saved.pk] = replace(row, texts=frozenset(), data={})
            self._stored(row, saved, was)
            self.brought.setdefault(identity, (row.number, saved.pk))
            warnings = [*row.notes, *((0, warning) for warning in getattr(form, "warnings", ()))]
            if warnings:
                said = [self._say(row, *warning, severity=WARNING) for warning in warnings]
                self._complain(WARNED, row, said, self.ledger.label_of(saved))

    def _stored(self, row: Row, saved, was) -> None:
        place = self.table.sheet.name, row.number
        if was is None:
            self.counts.new += 1
            self._tell(NEW, row, saved, contents_of(self.ledger, saved))
            self.journal.trace(self.ledger, saved, NEW, *place, {})
            return
        self.counts.changed += 1
        before = replaced(state_of(was), state_of(saved))
        names = {f.name for f in saved._meta.concrete_fields if f.attname in before}
        self._tell(CHANGED, row, saved, changes_between(self.ledger, was, saved, names))
        self.journal.trace(self.ledger, saved, CHANGED, *place, before)

    def _check_belongs(self, saved) -> None:
        if self.ledger.where and not self._rows().filter(pk=saved.pk).exists():
            raise ValidationError(
                f"这一行不属于“{self.ledger.title}”，请核对类别、“计入工作”等栏，或改用相应的台账。"
            )


def batched(items: Iterable, size: int) -> Iterator[list]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch

"""The rows of one sheet, each matched to its record and put through the ledger's form."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from itertools import islice

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from portal.errors import WALL_REFUSALS, PeriodClosed, translating
from portal.imports.differences import changes_between, contents_of, replaced, state_of
from portal.imports.journal import CHANGED, NEW, REFUSED, UNCHANGED, WARNED, RowFate
from portal.imports.matching import Table
from portal.imports.report import WARNING, Problem, Report, SheetReport
from portal.imports.row_forms import Guess, RowForms
from portal.imports.row_reading import CONFIRMED, SKIP, Row, RowReader
from portal.imports.wording import message_of, without
from portal.ledgers.declare import Ledger
from portal.scope import Denied

CHUNK = 500  # rows whose known records are fetched together, and which are stored together
SINGLY = 4  # rows of a refused lot that are stored one by one
ALIKE = 20  # records of one identity that are compared with a row
CONFLICTS = (IntegrityError, *WALL_REFUSALS)
REFUSALS = (ValidationError, Denied, *CONFLICTS)


@dataclass
class Draft:
    """A new row that its form has passed, to be stored with its neighbours."""

    row: Row
    record: Model
    cleaned: dict
    identity: tuple
    warnings: list[str]


class SheetImport:
    """Runs one table. Where several records are recognised by the same cells (two visits of one
    day), every row takes another of them, so a file brought in twice changes nothing."""

    def __init__(self, table: Table, unit, by, report: Report, journal, decisions, steps):
        self.table, self.ledger, self.unit, self.by = table, table.ledger, unit, by
        self.report, self.journal, self.steps = report, journal, steps
        self.counts = SheetReport(table.sheet.name, self.ledger.slug, self.ledger.title)
        self.counts.header = table.header
        self.forms = RowForms(table, unit, by)
        self.reader = RowReader(table, unit, by, decisions)
        self.looks_again = type(self.ledger).found_afterwards is not Ledger.found_afterwards
        self.drafts: list[Draft] = []
        self.stored: dict[int, Row] = {}  # rows by the keys of what they left, without their texts
        self.brought: dict[tuple, tuple[int, int]] = {}  # identity: (row, key of its record)
        self.excluded: dict[tuple[int, int], list] = {}  # (row, part of it): why it stays out

    def run(self) -> None:
        self.report.sheets.append(self.counts)
        self.known = self._known_records()
        for rows in batched(self.reader.rows(), 1 if self.ledger.rows_name_each_other else CHUNK):
            guesses = [self.forms.guess(row) for row in rows]
            self._fetch(guesses)
            for row, guess in zip(rows, guesses, strict=True):
                if refusals := self.excluded.get(key_of(row)):
                    self._refuse(row, refusals)
                else:
                    self._bring_in(row, guess)
            self._store_drafts()
            self.steps.took(len(rows))

    def look_again(self) -> dict[tuple[int, int], list]:
        """Report what only all the rows of the file together can tell, each at the row's cell."""
        found = {}
        for pk, name, message in self.ledger.found_afterwards(list(self.stored)):
            row = self.stored[pk]
            found[key_of(row)] = [(self._column_of(name, row), message)]
            self._refuse(row, found[key_of(row)])
        return found

    def _known_records(self) -> dict[tuple, list[int]]:
        """Keys of the unit's records by what recognises them, the oldest first."""
        known = defaultdict(list)
        kept = self._rows().filter(unit=self.unit, deleted_at__isnull=True)
        if columns := self.ledger.identity_columns:
            kept = kept.only("pk", *columns)
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

    def _fetch(self, guesses: list[Guess]) -> None:
        wanted = {pk for guess in guesses for pk in self.known.get(guess.identity, ())}
        rows = self._rows().select_related("unit", *self.ledger.select_related)
        self.fetched = rows.in_bulk(wanted)

    def _bring_in(self, row: Row, guess: Guess) -> None:
        identity = guess.identity
        record = self._take(row, guess)
        if record is None:
            form = self._judged(row)
            identity = self.forms.identity(form.instance)
            if identity != guess.identity:
                record = self._take(row, Guess(form.instance, identity, {"by the form"}))
        if record is not None:
            self._bring_over(row, guess, record, identity)
            return
        refusals = self._refusals(row, form, is_new=True)
        if refusals and not row.faults:
            self._store_drafts()  # the earlier row of the same record may be among them
            if self._repeats(row, identity):
                earlier = self.brought[identity][0]
                refusals = [(refusals[0][0], f"与本表第 {earlier} 行重复，请只留一行。")]
        if refusals:
            self._refuse(row, refusals)
        elif form.asks_constraints:
            self._store(row, form, identity, None)
        else:
            warnings = list(getattr(form, "warnings", ()))
            cleaned = dict(form.cleaned_data)
            self.drafts.append(Draft(row, form.instance, cleaned, identity, warnings))

    def _judged(self, row: Row):
        """A form on the new record, cleaned; one of its own where its rules look at other rows."""
        if self.forms.together:
            form = self.forms.shared(row)
            if form.judges_alone():
                return form
            self._store_drafts()
        return self.forms.own(row)

    def _bring_over(self, row: Row, guess: Guess, record, identity: tuple) -> None:
        """What the row says of a record that is there."""
        row, guess = self._as_merged(row, guess, identity)
        if self.forms.says_the_same(row, guess, record):
            self._found(row, record, identity)
            return
        self._doubt(row, guess, record)
        was, before = copy(record), state_of(record)
        if self.forms.together:
            form = self.forms.over(row, record)
            if form.judges_alone() and self._changed(row, form, identity, was, before):
                return
            record = copy(was)
        form = self.forms.own(row, record)
        if refusals := self._refusals(row, form, is_new=False):
            self._refuse(row, refusals)
        elif self.forms.leaves_alone(form, record, before):
            self._found(row, record, identity)
        elif kept_by := self.ledger.kept_by(was):
            self._refuse(row, [(0, kept_by)])
        else:
            self._store(row, form, identity, was)

    def _doubt(self, row: Row, guess: Guess, record) -> None:
        """Say where the row looks like another's than the record's; refuse it until the clerk has
        confirmed what the ledger wants confirmed."""
        for doubt in self.ledger.doubts(record, guess.instance):
            name = doubt.field
            if name not in row.data or name in guess.unclear or name in self.forms.keeps:
                continue
            decided = self.reader.decisions.get(str(row.number), {}).get(row.decision(name))
            if doubt.confirm and str(decided) != CONFIRMED:
                row.refuse(name, doubt.message)
                row.choices[name] = [{"value": CONFIRMED, "label": doubt.confirm}, SKIP]
            else:
                row.note(name, doubt.message)

    def _found(self, row: Row, record, identity: tuple) -> None:
        """The row says what is there."""
        self.counts.unchanged += 1
        self._tell(UNCHANGED, row, record)
        self.brought.setdefault(identity, (row.number, record.pk))

    def _changed(self, row: Row, form, identity: tuple, was, before: dict) -> bool:
        """Store what the shared form says; False where something is wrong, which a form of the row's
        own can say better."""
        if row.faults or form.errors:
            return False
        if self.forms.leaves_alone(form, form.instance, before):
            self._found(row, form.instance, identity)
            return True
        if self.ledger.kept_by(was):
            return False
        try:
            with translating(), transaction.atomic():
                saved = self.ledger.save(form, by=self.by)
                self._check_belong([saved])
        except REFUSALS:
            return False
        self._stored(row, saved, was, identity, getattr(form, "warnings", ()))
        return True

    def _as_merged(self, row: Row, guess: Guess, identity: tuple) -> tuple[Row, Guess]:
        """Of a row that means a merged record, without the cells that repeat what that record said:
        which value stays was decided when it was merged."""
        merged = self.merged.get(identity)
        if merged is None:
            return row, guess
        probe, nothing = self.forms.own(row), object()
        data = {
            name: value
            for name, value in row.data.items()
            if name not in self.ledger.numbered_by
            and getattr(probe.instance, name, nothing) != getattr(merged, name, None)
        }
        row = replace(row, data=data)
        return row, self.forms.guess(row)

    def _take(self, row: Row, guess: Guess):
        """The record that the row stands for, once: the one most like it, the oldest first."""
        alike = self.known.get(guess.identity, [])
        if not guess.identity or not alike:
            return None
        pk = alike[0]
        if len(alike) > 1:
            pk = max(alike[:ALIKE], key=lambda each: self._likeness(row, guess, each))
        alike.remove(pk)
        return self._record(pk)

    def _record(self, pk: int):
        return copy(self.fetched.get(pk) or self._rows().select_related("unit").get(pk=pk))

    def _likeness(self, row: Row, guess: Guess, pk: int) -> int:
        """2: the row says what is stored, and its blanks are blank there; 1: it would change
        nothing; 0: it would."""
        record = self._record(pk)
        blanks = self.reader.columns_of.keys() - row.data.keys()
        if self.forms.says_the_same(row, guess, record):
            return 1 if any(getattr(record, name, None) for name in blanks) else 2
        before = state_of(record)
        form = self.forms.own(row, record)
        if not form.is_valid() or not self.forms.leaves_alone(form, record, before):
            return 0
        return 1 if any(form.cleaned_data.get(name) for name in blanks) else 2

    def _repeats(self, row: Row, identity: tuple) -> bool:
        """Nothing is wrong with the row but that an earlier one brought the same record."""
        if not identity or identity not in self.brought:
            return False
        return self.forms.own(row, self._rows().get(pk=self.brought[identity][1])).is_valid()

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

    def _store(self, row: Row, form, identity, was) -> None:
        """Store the form's record; ``was`` is the record before, None for a new one."""
        try:
            with transaction.atomic():
                saved = self.ledger.save(form, by=self.by)
                self._check_belong([saved])
        except ValidationError as error:
            self._refuse(row, [(0, message_of(error))])
        except Denied as denial:
            self._refuse(row, [(0, str(denial))])
        except PeriodClosed as closed:
            self._refuse(row, [(0, str(closed))])
        except CONFLICTS:
            self._refuse(row, [(0, "与已有的记录冲突，不能保存，请核对这一行。")])
        else:
            self._stored(row, saved, was, identity, getattr(form, "warnings", ()))

    def _store_drafts(self) -> None:
        """Store the rows that wait, together; where they are refused, find out which by halves."""
        drafts, self.drafts = self.drafts, []
        if drafts:
            self._store_together(drafts)

    def _store_together(self, drafts: list[Draft]) -> None:
        try:
            with translating(), transaction.atomic():
                saved = self.ledger.save_many([(d.record, d.cleaned) for d in drafts], by=self.by)
                self._check_belong(saved)
        except REFUSALS:
            if len(drafts) <= SINGLY:
                for draft in drafts:
                    self._store_singly(draft)
                return
            middle = len(drafts) // 2
            self._store_together(drafts[:middle])
            self._store_together(drafts[middle:])
        else:
            for draft, record in zip(drafts, saved, strict=True):
                self._stored(draft.row, record, None, draft.identity, draft.warnings)

    def _store_singly(self, draft: Draft) -> None:
        """With a form of its own, which can say what is wrong."""
        row, form = draft.row, self.forms.own(draft.row)
        refusals = self._refusals(row, form, is_new=True)
        if refusals and self._repeats(row, draft.identity):
            earlier = self.brought[draft.identity][0]
            refusals = [(refusals[0][0], f"与本表第 {earlier} 行重复，请只留一行。")]
        if refusals:
            self._refuse(row, refusals)
        else:
            self._store(row, form, draft.identity, None)

    def _stored(self, row: Row, saved, was, identity: tuple, warnings) -> None:
        if self.looks_again:
            self.stored[saved.pk] = replace(row, texts=frozenset(), data={}, raw={})
        self.brought.setdefault(identity, (row.number, saved.pk))
        self._trace(row, saved, was)
        remarks = [*row.notes, *((0, warning) for warning in warnings)]
        if remarks:
            said = [self._say(row, *remark, severity=WARNING) for remark in remarks]
            self._complain(WARNED, row, said, self.ledger.label_of(saved))

    def _trace(self, row: Row, saved, was) -> None:
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

    def _check_belong(self, saved: list) -> None:
        """Raise ValidationError for records that this ledger would not list."""
        if not self.ledger.where:
            return
        keys = [record.pk for record in saved]
        if self._rows().filter(pk__in=keys).count() < len(keys):
            raise ValidationError(
                f"这一行不属于“{self.ledger.title}”，请核对类别、“计入工作”等栏，或改用相应的台账。"
            )


def key_of(row: Row) -> tuple[int, int]:
    return row.number, row.index


def batched(items: Iterable, size: int) -> Iterator[list]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch

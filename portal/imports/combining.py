"""Rows that become records of several ledgers: each is taken whole or refused whole."""

from dataclasses import replace

from django.db import transaction

from portal.imports.declare import Part
from portal.imports.journal import CHANGED, NEW, REFUSED, UNCHANGED, WARNED, RowFate
from portal.imports.matching import Table
from portal.imports.report import WARNING, Problem, Report
from portal.imports.row_forms import RowForms
from portal.imports.row_reading import SKIP, Row, RowReader
from portal.imports.rows import SheetImport, key_of
from portal.imports.targets import Target
from portal.imports.wording import without
from portal.ledgers.fields import sent_id
from portal.ledgers.registry import ledgers

LEAD = "lead"
RANK = {NEW: 2, CHANGED: 1, UNCHANGED: 0}


class NotTaken(Exception):
    """Undoes what was stored of a row or of a group."""


class _Brought(dict):
    """Remembers what was added last, so that it can be taken back."""

    added: list

    def setdefault(self, key, value):
        if key not in self:
            self.added.append(key)
        return super().setdefault(key, value)


class OneByOne(RowForms):
    """Parts are stored row by row: each part needs the record of the one before."""

    together = False


class PartImport(SheetImport):
    """One part of the rows. It tells nobody what it stored until the whole row is taken."""

    def __init__(self, part: Part, table: Table, unit, by, report, journal, decisions, steps):
        self.part = part
        super().__init__(table, unit, by, report, journal, decisions, steps)
        self.forms = OneByOne(table, unit, by)
        if part.form:
            self.forms.form_class = part.form(self.forms.form_class)
        self.brought = _Brought()
        self.known = self._known_records()
        self.begin()

    def begin(self) -> None:
        self.brought.added = []
        self.taken: list[tuple[tuple, int]] = []
        self.left: list[int] = []
        self.refused: list[tuple[int, str]] = []
        self.said: list[tuple[int, str]] = []
        self.outcome = None
        self.counted = replace(self.counts)

    def take_back(self) -> None:
        """As if the row had not been there."""
        for identity in self.brought.added:
            del self.brought[identity]
        for identity, pk in self.taken:
            self.known[identity].insert(0, pk)
        for pk in self.left:
            del self.stored[pk]
        for name in (NEW, CHANGED, UNCHANGED):
            setattr(self.counts, name, getattr(self.counted, name))

    def bring(self, row: Row):
        """The part's record, stored or found; None when it is refused."""
        guess = self.forms.guess(row)
        self._fetch([guess])
        self._bring_in(row, guess)
        return None if self.refused else self.outcome[1]

    # --- what SheetImport would say and count ---------------------------------------------------

    def _take(self, row, guess):
        record = super()._take(row, guess)
        if record is not None:
            self.taken.append((guess.identity, record.pk))
        return record

    def _refuse(self, row, refusals):
        self.refused += refusals

    def _complain(self, fate, row, problems, label=""):
        """The whole row does."""

    def _say(self, row, number, message, **more):
        self.said.append((number, message))

    def _tell(self, fate, row, record, changes=()):
        self.outcome = (fate, record, changes, {})

    def _stored(self, row, saved, was, identity, warnings):
        super()._stored(row, saved, was, identity, warnings)
        if self.looks_again:
            self.left.append(saved.pk)

    def _trace(self, row, saved, was):
        super()._trace(row, saved, was)
        fate, _, changes, _ = self.outcome
        self.outcome = (fate, saved, changes, self.before)

    @property
    def journal(self):
        return self

    @journal.setter
    def journal(self, heard):
        self.heard = heard

    def trace(self, ledger, record, action, sheet, row, before):
        self.before = before


class CombinedImport:
    """Runs one table of a combined target."""

    def __init__(self, table: Table, unit, by, report: Report, journal, decisions, steps):
        self.table, self.declared = table, table.target.combined
        self.unit, self.by, self.report, self.journal, self.steps = unit, by, report, journal, steps
        self.decisions = decisions or {}
        self.reader = RowReader(table, unit, by, decisions)
        self.excluded: dict[tuple[int, int], list] = {}  # (row, part of it): why it stays out
        self.parts = [
            PartImport(part, self._table_of(part), unit, by, report, journal, decisions, steps)
            for part in self.declared.parts
        ]
        self.counts = next(
            part.counts for part in self.parts if part.part.name == self.declared.counted
        )
        self.counts.header = table.header

    def _table_of(self, part: Part) -> Table:
        """The same sheet seen as the part's ledger."""
        ledger = ledgers[part.ledger]
        columns = {
            number: replace(column, part="")
            for number, column in self.table.columns.items()
            if column.part == part.name
        }
        prefix = f"{part.name}."
        keeps = {k.removeprefix(prefix) for k in self.table.keeps if k.startswith(prefix)}
        target = Target(ledger.slug, ledger.title, tuple(columns.values()), ledger=ledger)
        layout = replace(self.table.layout, pivot=None, constants={})
        return Table(target, self.table.sheet, layout, columns, keeps=frozenset(keeps))

    def run(self) -> None:
        self.report.sheets += [part.counts for part in self.parts]
        if self.declared.group is None:
            for row in self.reader.rows():
                self._take_row(row, {})
                self.steps.took(1)
            return
        groups: dict[str, list[Row]] = {}
        for row in self.reader.rows():
            groups.setdefault(row.raw.get(self.declared.group.label, ""), []).append(row)
        for key, rows in groups.items():
            self._take_group(key, rows)
            self.steps.took(len(rows))

    def look_again(self) -> dict[tuple[int, int], list]:
        """Report what only all the rows of the file together can tell."""
        found: dict[tuple[int, int], list] = {}
        for part in self.parts:
            for pk, name, message in part.ledger.found_afterwards(list(part.stored)):
                row = part.stored[pk]
                found[key_of(row)] = [(part._column_of(name, row), message)]
                self._refuse(row, found[key_of(row)])
        return found

    # --- groups ---------------------------------------------------------------------------------

    def _take_group(self, key: str, rows: list[Row]) -> None:
        if str(self._decided(rows[0])) == SKIP["value"]:
            return
        lead = self._lead(key, rows) if key else rows[0]
        if lead is None:
            return
        others = [row for row in rows if row is not lead]
        shared: dict[str, object] = {}
        try:
            with transaction.atomic():
                if not self._take_row(lead, shared):
                    raise NotTaken
        except NotTaken:
            if others:
                words = f"同户的第 {lead.number} 行有误，这一户先不登记，请改好后一并导入。"
                for row in others:
                    self._refuse(row, [*self._faults(row), (0, words)])
            return
        for row in others:
            self._take_row(row, shared)

    def _decided(self, first: Row):
        return self.decisions.get(str(first.number), {}).get(LEAD, "")

    def _lead(self, key: str, rows: list[Row]) -> Row | None:
        """The row that leads the others; None, said with its rows, until there is exactly one."""
        group, first = self.declared.group, rows[0]
        chosen = sent_id(self._decided(first))
        for row in rows:
            if chosen and row.number == chosen:
                group.lead(row)
                return row
        leads = [row for row in rows if group.leads(row)]
        if len(leads) == 1:
            return leads[0]
        numbers = f"{first.number}—{rows[-1].number}" if len(rows) > 1 else str(first.number)
        words = (group.several if leads else group.missing).format(key=key, rows=numbers)
        choices = [
            {"value": str(row.number), "label": f"第 {row.number} 行 {group.name(row)}"}
            for row in leads or rows
        ]
        column = self._column(group.label)
        problem = self._say(first, column, words, field=LEAD, choices=[*choices, SKIP])
        self.counts.refused += len(rows)
        self._tell(REFUSED, first, "", [problem])
        for row in rows[1:]:
            self._tell(REFUSED, row, "", [replace(problem, cell="", field="", choices=())])
        return None

    def _column(self, label: str) -> int:
        columns = self.table.columns.items()
        return next((number for number, column in columns if column.label == label), 0)

    # --- one row --------------------------------------------------------------------------------

    def _take_row(self, row: Row, shared: dict) -> bool:
        if refusals := self.excluded.get(key_of(row)):
            self._refuse(row, refusals)
            return False
        for part in self.parts:
            part.begin()
        records, refused = dict(shared), []
        try:
            with transaction.atomic():
                for part in self.parts:
                    if part.part.name in records:
                        continue
                    record = self._bring_part(part, row, records)
                    if record is None:
                        refused += part.refused
                        refused += self._faults_after(part, row)
                        raise NotTaken
                    records[part.part.name] = record
        except NotTaken:
            for part in self.parts:
                part.take_back()
            self._refuse(row, refused)
            return False
        self._taken(row)
        shared |= {p.part.name: records[p.part.name] for p in self.parts if p.part.once}
        return True

    def _bring_part(self, part: PartImport, row: Row, records: dict):
        own = part_of(row, part.part.name)
        for name, earlier in part.part.given.items():
            own.data[name] = records[earlier]
        if part.part.derive:
            part.part.derive(own.data, row, records)
        record = part.bring(own)
        row.choices |= {f"{own.part}.{key}": choices for key, choices in own.choices.items()}
        return record

    def _faults(self, row: Row) -> list[tuple[int, str]]:
        return [(number, words) for number, _, words in row.faults]

    def _faults_after(self, part: PartImport, row: Row) -> list[tuple[int, str]]:
        """What could not be read in cells of the later parts is said as well."""
        later = [p.part.name for p in self.parts[self.parts.index(part) + 1 :]]
        return [(n, words) for n, key, words in row.faults if key.partition(".")[0] in later]

    def _taken(self, row: Row) -> None:
        fate, label, changes, said = UNCHANGED, "", [], list(row.notes)
        for part in self.parts:
            if part.outcome is None:
                continue
            what, record, told, before = part.outcome
            if what != UNCHANGED:
                place = self.table.sheet.name, row.number
                self.journal.trace(part.ledger, record, what, *place, before)
            fate = max(fate, what, key=RANK.__getitem__)
            changes += told
            said += part.said
            if part.part.name == self.declared.counted:
                label = part.ledger.label_of(record)
        self.journal.tell(fate, RowFate(self.table.sheet.name, row.number, label, changes))
        if said and fate != UNCHANGED:
            problems = [self._say(row, *words, severity=WARNING) for words in said]
            self._tell(WARNED, row, label, problems)

    def _refuse(self, row: Row, refused: list[tuple[int, str]]) -> None:
        self.counts.refused += 1
        problems = [self._say(row, *refusal) for refusal in dict.fromkeys(refused)]
        self._tell(REFUSED, row, "", problems)

    def _tell(self, fate: str, row: Row, label: str, problems: list[Problem]) -> None:
        names = ("cell", "column", "label", "message", "field", "choices")
        told = [{name: getattr(problem, name) for name in names} for problem in problems]
        self.journal.tell(fate, RowFate(self.table.sheet.name, row.number, label, problems=told))

    def _say(self, row: Row, number: int, message: str, **more) -> Problem:
        place = self.table.place(row.number, number or row.first)
        if not number:
            place["label"] = ""
        said = without(row.texts, message)
        key = next((key for key, place in row.places.items() if place == number), "")
        if choices := row.choices.get(key):
            more = {"field": row.decision(key), "choices": choices, **more}
        return self.report.add(self.table.sheet.name, said, of_row=True, **place, **more)


def part_of(row: Row, name: str) -> Row:
    """What of the row belongs to the part, under the names of its form."""
    prefix = f"{name}."

    def own(mapping: dict) -> dict:
        return {k.removeprefix(prefix): v for k, v in mapping.items() if k.startswith(prefix)}

    return replace(
        row,
        part=name,
        data=own(row.data),
        places=own(row.places),
        months=own(row.months),
        choices=own(row.choices),
        notes=[],
        faults=[(n, k.removeprefix(prefix), w) for n, k, w in row.faults if k.startswith(prefix)],
        masked=[(n, k.removeprefix(prefix)) for n, k in row.masked if k.startswith(prefix)],
    )

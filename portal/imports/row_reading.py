"""The filled rows of a sheet as form data, with what could not be read at its cell."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from portal.imports.cells import CellReader, is_masked, text_of
from portal.imports.columns import ImportColumn
from portal.imports.dates import MonthOnly
from portal.imports.declare import dialects_of
from portal.imports.matching import Table
from portal.imports.reading import Value, is_blank
from portal.imports.resolving import Resolver, Unresolved, by_text
from portal.imports.splitting import names_in
from portal.imports.wording import message_of
from portal.ledgers.fields import RecordField, sent_id

NO_RESULT = "公式没有算出结果，请在表格软件中打开、保存一次，或填入数值。"
SKIP = {"value": "0", "label": "这一条不导入"}
CONFIRMED = "1"
CANDIDATES = 20
AHEAD = 500  # rows whose records are looked for together
FORMULA_ERROR = "公式出错（{error}），请改正或填入数值。"

# One cell of a row: (our column, the sheet's column number, the value).
Source = tuple[ImportColumn, int, Value]


@dataclass
class Row:
    """``data`` is by key of the column (a ledger's form field); records that the row names are in
    it as they are.

    ``faults`` are (column, key, message). ``masked`` are (column, key) of numbers covered as in our
    exports: they say nothing. ``first`` is the first filled column, ``places`` the column that
    fills each key. ``raw`` are the texts by our label. ``months`` are dates of which the sheet
    gives no day. ``notes`` are remarks (column, message) on a row that is taken. ``choices`` are
    the records ({"value", "label"}) that a key may mean. ``index`` counts, from 1, the rows that one
    row of the sheet gave; ``part`` is the part of a combined target that it is read for.
    """

    number: int
    first: int
    index: int = 0
    sheet: str = ""
    texts: frozenset[str] = frozenset()
    data: dict[str, object] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    masked: list[tuple[int, str]] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    months: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)
    choices: dict[str, list[dict]] = field(default_factory=dict)
    part: str = ""

    def decision(self, key: str) -> str:
        """The name under which the clerk decides about the key in this row of the sheet."""
        name = f"{self.part}.{key}" if self.part else key
        return f"{name}__{self.index}" if self.index else name

    def settle(self, key: str) -> None:
        """Take back what was found wrong with the key."""
        self.faults = [fault for fault in self.faults if fault[1] != key]

    def note(self, key: str, message: str) -> None:
        self.notes.append((self.places.get(key, self.first), message))

    def refuse(self, key: str, message: str) -> None:
        self.faults.append((self.places.get(key, self.first), key, message))


class RowReader:
    """Reads the rows of one table for one user and unit.

    ``decisions`` are what the clerk chose for single rows, {row: {field: key of a record}}.
    """

    def __init__(self, table: Table, unit, by, decisions=None):
        self.table, self.unit, self.by = table, unit, by
        self.decisions = decisions or {}
        target, layout = table.target, table.layout
        self.readers = {c.label: CellReader(c, table.year) for c in target.columns}
        self.columns_of: dict[str, list[int]] = defaultdict(list)
        for number, column in table.columns.items():
            self.columns_of[column.key].append(number)
        self.constants: list[Source] = [
            (column, 0, text)
            for label, text in layout.constants.items()
            if text and (column := target.column(label))
        ]
        pivot = layout.pivot
        for label in [pivot.value, *pivot.headings.values()] if pivot else ():
            if column := target.column(label):
                self.columns_of[column.key] += pivot.columns
        self.resolvers = {c.key: self._resolver(c) for c in target.columns}
        self.resolved: dict[tuple, object] = {}
        self.finishers = self._finishers()
        self.carried = [
            number
            for number, column in table.columns.items()
            if target.combined and column.label in target.combined.carried
        ]

    def _finishers(self):
        combined = self.table.target.combined
        if combined:
            return [combined.finish] if combined.finish else []
        if self.table.ledger is None:
            return []
        return [d.finish for d in dialects_of(self.table.ledger.model) if d.finish]

    def _resolver(self, column: ImportColumn) -> Resolver | None:
        if column.resolver or not isinstance(column.form_field, RecordField):
            return column.resolver
        return by_text(column.label, column.form_field.ledger)

    def rows(self) -> Iterator[Row]:
        """Rows below the header that hold something in a column of ours."""
        table, sheet = self.table, self.table.sheet
        read = [*table.columns, *(table.layout.pivot.columns if table.layout.pivot else ())]
        above: dict[int, Value] = {}
        for number in range(table.layout.first, len(sheet.rows) + 1):
            if (number - table.layout.first) % AHEAD == 0:
                self._look_ahead(range(number, min(number + AHEAD, len(sheet.rows) + 1)))
            cells = sheet.cells(number)
            if number in table.layout.skipped or all(is_blank(cells[n - 1]) for n in read):
                continue
            cells = sheet.filled_cells(number)
            for n in self.carried:
                if is_blank(cells[n - 1]) and n in above:
                    cells = [*cells[: n - 1], above[n], *cells[n:]]
                above[n] = cells[n - 1]
            yield from self._rows_of(number, cells)

    def _look_ahead(self, numbers: range) -> None:
        """Find the records that the next rows name, together; a row that is read otherwise in the
        end (a name out of several, a value from above) just asks for itself."""
        self.resolved = {}
        for key, resolver in self.resolvers.items():
            places = [(n, c) for n, c in self.table.columns.items() if c.key == key]
            if not places or resolver is None or resolver.ahead is None:
                continue
            named = {}
            for number in numbers:
                texts = self._named(resolver, places, self.table.sheet.filled_cells(number))
                if texts:
                    named[tuple(texts.values())] = texts
            found = resolver.ahead(list(named.values()), self.by, self.unit)
            self.resolved |= {(key, *texts): record for texts, record in found.items()}

    def _named(self, resolver: Resolver, places, cells) -> dict[str, str] | None:
        texts = dict.fromkeys(resolver.labels, "")
        for n, column in places:
            value, reader = cells[n - 1], self.readers[column.label]
            covered = column.is_number and isinstance(value, str) and is_masked(value)
            if covered or reader.says_nothing(value):
                continue
            try:
                texts[own_label(column, resolver)] = reader.text(value)
            except ValidationError:
                return None
        return texts if any(texts.values()) else None

    def _rows_of(self, number: int, cells: list[Value]) -> Iterator[Row]:
        """One row; with a pivot one for each heading, with several names one for each of them."""
        plain_sources = [(col, n, cells[n - 1]) for n, col in self.table.columns.items()]
        if self.table.layout.pivot:
            yield from self._unpivoted(number, cells, plain_sources)
            return
        for n in self.table.layout.split:
            names = names_in(cells[n - 1]) if isinstance(cells[n - 1], str) else []
            if len(names) > 1:
                for index, name in enumerate(names, start=1):
                    sources = [(c, m, name if m == n else v) for c, m, v in plain_sources]
                    yield from self._taken(self._row(number, sources, cells, index))
                return
        yield from self._taken(self._row(number, plain_sources, cells))

    def _taken(self, row: Row) -> list[Row]:
        """The row, unless the clerk decided to leave it out."""
        decided = self.decisions.get(str(row.number), {})
        left_out = (str(decided.get(row.decision(key))) == SKIP["value"] for key in row.places)
        return [] if any(left_out) else [row]

    def _unpivoted(self, number, cells, plain_sources) -> Iterator[Row]:
        pivot, sheet, target = self.table.layout.pivot, self.table.sheet, self.table.target
        value = target.column(pivot.value)
        headings = {
            row: (column, sheet.across(row))
            for row, label in pivot.headings.items()
            if (column := target.column(label))
        }
        for index, n in enumerate(pivot.columns, start=1):
            cell = pivot.blank if is_blank(cells[n - 1]) else cells[n - 1]
            if value is None or (is_blank(cell) and (number, n) not in sheet.errors):
                continue
            sources = [*plain_sources, (value, n, cell)]
            sources += [(column, n, across.get(n, "")) for column, across in headings.values()]
            yield from self._taken(self._row(number, sources, cells, index))

    # --- one row --------------------------------------------------------------------------------

    def _row(self, number: int, sources: list[Source], cells, index: int = 0) -> Row:
        by_key: dict[str, list[Source]] = {}
        row = Row(number, 0, index, self.table.sheet.name)
        for source in sources:
            column, n, value = source
            if column.is_number and isinstance(value, str) and is_masked(value):
                row.masked.append((n, column.key))
            elif (number, n) in self.table.sheet.errors:
                row.faults.append((n, column.key, self._computed_wrong(number, n)))
            elif not self.readers[column.label].says_nothing(value):
                by_key.setdefault(column.key, []).append(source)
        filled = [source for given in by_key.values() for source in given]
        row.first = min((n for _, n, _ in filled), default=sources[0][1] if sources else 1)
        row.raw = {column.label: text_of(value) for column, _, value in filled}
        row.texts = frozenset(row.raw.values())
        for column, n, text in self.constants:
            if column.key not in by_key:
                by_key[column.key] = [(column, n, text)]
        told = [source for given in by_key.values() for source in given]
        for key, given in by_key.items():
            row.places[key] = given[0][1] or row.first
            self._read(row, key, given, told)
        self._check_unit(row, cells)
        for finish in self.finishers:
            finish(row)
        return row

    def _computed_wrong(self, number: int, n: int) -> str:
        error = self.table.sheet.errors[(number, n)]
        return FORMULA_ERROR.format(error=error) if error else NO_RESULT

    def _read(self, row: Row, key: str, given: list[Source], told: list[Source]) -> None:
        column, _, value = given[0]
        reader = self.readers[column.label]
        try:
            if (chosen := self._decided(row, key, column)) is not None:
                row.data[key] = chosen
            elif self.resolvers[key]:
                self._resolve(row, key, self._with_beside(key, given, told))
            else:
                row.data[key] = reader.data(value)
                row.notes += [(row.places[key], note) for note in reader.notes]
        except ValidationError as error:
            if isinstance(error, MonthOnly):
                row.months[key] = (error.year, error.month)
            if isinstance(error, Unresolved):
                row.choices[key] = [*self._choices(column, error), SKIP]
            row.faults.append((row.places[key], key, message_of(error)))

    def _decided(self, row: Row, key: str, column: ImportColumn):
        """The record that the clerk chose for this row, as far as the user may see it."""
        chosen = self.decisions.get(str(row.number), {}).get(row.decision(key))
        if not chosen or not isinstance(column.form_field, RecordField):
            return None
        rows = column.form_field.ledger.queryset(self.by)
        return rows.filter(pk=sent_id(chosen)).first()

    def _choices(self, column: ImportColumn, error: Unresolved) -> list[dict]:
        ledger = getattr(column.form_field, "ledger", None)
        if ledger is None:
            return []
        return [
            {"value": str(r.pk), "label": f"{ledger.label_of(r)}（{ledger.hint_of(r)}）"}
            for r in error.candidates[:CANDIDATES]
        ]

    def _with_beside(self, key: str, given: list[Source], told: list[Source]) -> list[Source]:
        """What fills the field, and what its resolver reads of the fields beside it."""
        resolver = self.resolvers[key]
        beside = [s for s in told if own_label(s[0], resolver) in resolver.beside]
        return [*beside, *given]

    def _resolve(self, row: Row, key: str, given: list[Source]) -> None:
        resolver = self.resolvers[key]
        texts = dict.fromkeys((*resolver.labels, *resolver.beside), "")
        for column, n, value in given:
            try:
                texts[own_label(column, resolver)] = self.readers[column.label].text(value)
            except ValidationError as error:
                row.faults.append((n, key, message_of(error)))
                return
        known = (key, *texts.values())
        if known not in self.resolved:
            try:
                self.resolved[known] = resolver.resolve(texts, self.by, self.unit)
            except ValidationError as error:
                self.resolved[known] = error
        if isinstance(self.resolved[known], ValidationError):
            raise self.resolved[known]
        if self.resolved[known] is not None:
            row.data[key] = self.resolved[known]

    def _check_unit(self, row: Row, cells: list[Value]) -> None:
        """A sheet of several units must not end up as records of one."""
        number = self.table.unit_column
        if number and text_of(cells[number - 1]) not in {"", self.unit.name}:
            row.faults.append((number, "unit", f"这一行写的不是“{self.unit.name}”的记录。"))


def own_label(column: ImportColumn, resolver: Resolver) -> str:
    """The resolver's name of a column that a combined target calls otherwise."""
    known = {*resolver.labels, *resolver.beside}
    return column.label if column.label in known else column.ledger_label

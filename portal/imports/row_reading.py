"""The filled rows of a sheet as form data, with what could not be read at its cell."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from portal.imports.cells import CellReader, is_masked, text_of
from portal.imports.matching import Table
from portal.imports.reading import Value, is_blank
from portal.imports.resolving import Resolver, by_text
from portal.imports.wording import message_of
from portal.ledgers.fields import RecordField, sent_id


@dataclass
class Row:
    """``data`` is by form field; records that the row names are in it as they are.

    ``faults`` are (column, field, message). ``masked`` are (column, field) of numbers covered as
    in our exports: they say nothing. ``first`` is the first filled column.
    """

    number: int
    first: int
    texts: frozenset[str] = frozenset()
    data: dict[str, object] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    masked: list[tuple[int, str]] = field(default_factory=list)
    choices: dict[str, list[dict]] = field(default_factory=dict)


class RowReader:
    """Reads the rows of one table for one user and unit.

    ``decisions`` are the records that the clerk chose for single rows, {row: {field: key}}.
    """

    def __init__(self, table: Table, unit, by, decisions=None):
        self.table, self.unit, self.by = table, unit, by
        self.decisions = decisions or {}
        self.readers = {n: CellReader(column) for n, column in table.columns.items()}
        self.columns_of: dict[str, list[int]] = defaultdict(list)
        for number, column in table.columns.items():
            self.columns_of[column.field].append(number)
        self.resolvers = {name: self._resolver(name) for name in self.columns_of}
        self.resolved: dict[tuple, object] = {}

    def _resolver(self, name: str) -> Resolver | None:
        first = self.table.columns[self.columns_of[name][0]]
        if first.resolver or not isinstance(first.form_field, RecordField):
            return first.resolver
        return by_text(first.label, first.form_field.ledger)

    def rows(self) -> Iterator[Row]:
        """Rows below the header that hold something in a column of ours."""
        sheet = self.table.sheet
        for number in range(self.table.header + 1, len(sheet.rows) + 1):
            cells = sheet.cells(number)
            filled = [n for n in self.readers if not is_blank(cells[n - 1])]
            if filled:
                texts = frozenset(text_of(cells[n - 1]) for n in filled)
                yield self._row(Row(number, filled[0], texts), cells)

    def _row(self, row: Row, cells: list[Value]) -> Row:
        for name, numbers in self.columns_of.items():
            filled = []
            for n in numbers:
                if self.table.columns[n].is_number and is_masked(text_of(cells[n - 1])):
                    row.masked.append((n, name))
                elif not is_blank(cells[n - 1]):
                    filled.append(n)
            if not filled:
                continue
            try:
                if decided := self._decided(row, name):
                    row.data[name] = decided
                elif self.resolvers[name]:
                    self._resolve(row, name, filled, cells)
                else:
                    row.data[name] = self.readers[filled[0]].data(cells[filled[0] - 1])
            except ValidationError as error:
                row.faults.append((filled[0], name, message_of(error)))
        self._check_unit(row, cells)
        return row

    def _decided(self, row: Row, name: str):
        """The record that the clerk chose for this row, as far as the user may see it."""
        key = self.decisions.get(str(row.number), {}).get(name)
        field = self.table.columns[self.columns_of[name][0]].form_field
        if key is None or not isinstance(field, RecordField):
            return None
        return field.ledger.queryset(self.by).filter(pk=sent_id(key)).first()

    def _resolve(self, row: Row, name: str, filled: list[int], cells: list[Value]) -> None:
        resolver = self.resolvers[name]
        texts = dict.fromkeys(resolver.labels, "")
        for n in filled:
            try:
                texts[self.table.columns[n].label] = self.readers[n].text(cells[n - 1])
            except ValidationError as error:
                row.faults.append((n, name, message_of(error)))
                return
        key = (name, *texts.values())
        if key not in self.resolved:
            self.resolved[key] = resolver.resolve(texts, self.by, self.unit)
        if self.resolved[key] is not None:
            row.data[name] = self.resolved[key]

    def _check_unit(self, row: Row, cells: list[Value]) -> None:
        """A sheet of several units must not end up as records of one."""
        number = self.table.unit_column
        if number and text_of(cells[number - 1]) not in {"", self.unit.name}:
            row.faults.append((number, "unit", f"这一行写的不是“{self.unit.name}”的记录。"))

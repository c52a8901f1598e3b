"""The sheets of an xlsx file as rows of plain values, at their own places."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from defusedxml import ElementTree
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from portal.imports.guarding import (
    SAVE_AS,
    CellNotes,
    Guarded,
    UnreadableWorkbook,
    column_letters,
    guarded,
)

Value = str | int | float | bool | date | datetime | time | timedelta
NUL, BROKEN = "\0", "\ufffd"  # a cell can hold the first (_x0000_), no column of ours can
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Merge:
    """A merged range; all four count from 1 and are included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """``rows[0]`` is row 1 of the sheet, empty rows included; an empty cell is "".

    ``formulas`` are the places of computed cells, ``errors`` those of cells whose formula has no
    usable result, with the spreadsheet's word (#N/A) or "" where nothing was computed.
    """

    name: str
    rows: list[list[Value]]
    merged: tuple[Merge, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def cells(self, row: int) -> list[Value]:
        """The cells of the sheet's row number ``row``."""
        return self.rows[row - 1]

    def filled_cells(self, row: int) -> list[Value]:
        """The same, where the value of a cell merged downwards stands in each of its rows."""
        if row not in self._below:
            return self.cells(row)
        cells = list(self.cells(row))
        for column, value in self._below[row]:
            cells[column - 1] = value
        return cells

    def across(self, row: int) -> dict[int, Value]:
        """The cells of a header row by column, merged ones in each of their rows and columns."""
        found = dict(enumerate(self.cells(row), start=1))
        for merge in self.merged:
            if merge.top <= row <= merge.bottom:
                value = self.cells(merge.top)[merge.left - 1]
                found |= dict.fromkeys(
                    range(merge.left, min(merge.right, len(self.cells(row))) + 1), value
                )
        return found

    @cached_property
    def _below(self) -> dict[int, list[tuple[int, Value]]]:
        below: dict[int, list[tuple[int, Value]]] = {}
        for merge in self.merged:
            if merge.top == merge.bottom or merge.top > len(self.rows):
                continue
            value = self.cells(merge.top)[merge.left - 1]
            for row in range(merge.top + 1, min(merge.bottom, len(self.rows)) + 1):
                below.setdefault(row, []).append((merge.left, value))
        return below


def a1(row: int, column: int) -> str:
    """The name of a cell as the spreadsheet shows it; both count from 1."""
    return f"{column_letters(column)}{row}"


def read_workbook(content: bytes) -> list[Sheet]:
    """All worksheets in order. Raises UnreadableWorkbook with a message for the user."""
    clean = guarded(content)
    try:
        notes = _notes_by_sheet(clean)
        with CalamineWorkbook.from_filelike(io.BytesIO(clean.content)) as book:
            names = [m.name for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
            sheets = [
                _sheet(book.get_sheet_by_name(name), notes.get(name, CellNotes())) for name in names
            ]
    except (CalamineError, ValueError) as error:
        raise UnreadableWorkbook(f"文件已损坏，打不开。{SAVE_AS}") from error
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableWorkbook("文件里没有内容。")
    return sheets


def _sheet(read, notes: CellNotes) -> Sheet:
    # Keeping the empty area keeps the row and column numbers that the clerk sees.
    rows = [_storable(cells) for cells in read.to_python(skip_empty_area=False)]
    width = len(rows[0]) if rows else 0
    merged = tuple(
        Merge(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in read.merged_cell_ranges or ()
        if top < len(rows) and left < width
    )
    return Sheet(read.name, rows, merged, frozenset(notes.formulas), notes.errors)


def _storable(cells: list[Value]) -> list[Value]:
    """The cells with a mark, which every field refuses in words, instead of NUL."""
    if not any(isinstance(value, str) and NUL in value for value in cells):
        return cells
    return [value.replace(NUL, BROKEN) if isinstance(value, str) else value for value in cells]


def _notes_by_sheet(clean: Guarded) -> dict[str, CellNotes]:
    """The notes of each sheet by its name; the workbook tells which part holds it."""
    if not clean.notes:
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(clean.content)) as archive:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError) as error:
        raise UnreadableWorkbook(f"文件已损坏，打不开。{SAVE_AS}") from error
    parts = {link.get("Id"): _part_name(link.get("Target", "")) for link in links}
    named = {
        sheet.get("name"): parts.get(sheet.get(RELATION))
        for sheet in book.iter()
        if sheet.tag.endswith("}sheet")
    }
    return {name: clean.notes[part] for name, part in named.items() if part in clean.notes}


def _part_name(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def is_blank(value: Value) -> bool:
    """Nothing but spaces of any kind."""
    return isinstance(value, str) and not value.strip()

"""The sheets of an xlsx file as rows of plain values, at their own places."""

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from portal.imports.guarding import SAVE_AS, UnreadableWorkbook, column_letters, guarded

Value = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True)
class Sheet:
    """``rows[0]`` is row 1 of the sheet, empty rows included; an empty cell is ""."""

    name: str
    rows: list[list[Value]]

    def cells(self, row: int) -> list[Value]:
        """The cells of the sheet's row number ``row``."""
        return self.rows[row - 1]


def a1(row: int, column: int) -> str:
    """The name of a cell as the spreadsheet shows it; both count from 1."""
    return f"{column_letters(column)}{row}"


def read_workbook(content: bytes) -> list[Sheet]:
    """All worksheets in order. Raises UnreadableWorkbook with a message for the user."""
    clean = guarded(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(clean)) as book:
            names = [m.name for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
            sheets = [Sheet(name, _rows(book.get_sheet_by_name(name))) for name in names]
    except (CalamineError, ValueError) as error:
        raise UnreadableWorkbook(f"文件已损坏，打不开。{SAVE_AS}") from error
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableWorkbook("文件里没有内容。")
    return sheets


def _rows(sheet) -> list[list[Value]]:
    # Keeping the empty area keeps the row and column numbers that the clerk sees.
    return sheet.to_python(skip_empty_area=False)


def is_blank(value: Value) -> bool:
    """Nothing but spaces of any kind."""
    return isinstance(value, str) and not value.strip()

"""A workbook as a clerk keeps it, in the same bytes every time."""

import io
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
WRITTEN = datetime(2025, 12, 31, 17, 0)  # noqa: DTZ001  a spreadsheet knows no time zones
WIDEST = 46
README = "README"  # the import passes over it
SOURCE, OURS = "原文", "自定"


def workbook(sheets: dict[str, list[dict]]) -> bytes:
    """``sheets`` are rows by title, each a dict by column label; days become real dates, text
    stays text, however many digits it has."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": WRITTEN})
        for title, rows in sheets.items():
            _write(book, book.add_worksheet(title), rows)
    return target.getvalue()


def readme(*rows: tuple[str, str, str, str]) -> dict[str, list[dict]]:
    """The sheet that states each fact's number and whether the source gives it or we fixed it."""
    labels = ("编号", "事项", "取值", "依据")
    return {README: [dict(zip(labels, row, strict=True)) for row in rows]}


def header(rows: list[dict]) -> list[str]:
    return list(dict.fromkeys(label for row in rows for label in row))


def _write(book, sheet, rows) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F7"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    for index, label in enumerate(header(rows)):
        values = [row.get(label, "") for row in rows]
        sheet.set_column(index, index, min(max(map(_width, [label, *values])), WIDEST) + 2)
        sheet.write_string(0, index, label, head)
        for number, value in enumerate(values, start=1):
            if isinstance(value, date):
                sheet.write_datetime(number, index, value, day)
            elif isinstance(value, int):
                sheet.write_number(number, index, value)
            elif value:
                sheet.write_string(number, index, value, text)


def _width(value) -> int:
    """Columns that a value takes: a Chinese character takes two."""
    return sum(1 if character.isascii() else 2 for character in str(value))

"""A small table from .csv or .xlsx: rows with the names of their cells, so that faults are found."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError

from portal.imports.cells import text_of
from portal.imports.guarding import UnreadableWorkbook
from portal.imports.reading import Sheet, a1, is_blank, read_workbook
from portal.imports.wording import plain

HEADER_WITHIN = 5  # rows; a title and a note may stand above the header


class Unreadable(Exception):
    """The file itself is of no use; the message is for the operator, in Chinese."""


@dataclass(frozen=True)
class Problem:
    sheet: str
    row: int
    column: int
    message: str

    def __str__(self):
        return f"{self.sheet}!{a1(self.row, self.column)} {self.message}"


@dataclass
class Row:
    """One row of a table; ``values`` are by column label, blank where the cell is."""

    sheet: str
    number: int
    columns: dict[str, int]
    values: dict
    problems: list[Problem] = field(default_factory=list)

    def text(self, label: str) -> str:
        return text_of(self.values[label])

    def refuse(self, label: str, message: str) -> None:
        where = self.columns[label]
        self.problems.append(Problem(self.sheet, self.number, where, f"{label}：{message}"))

    def refuse_with(self, error: ValidationError, labels: dict[str, str]) -> None:
        """Name a service's refusal at its cells; ``labels`` maps its fields to column labels."""
        first = next(iter(self.columns))
        named = error.error_dict if hasattr(error, "error_dict") else {None: [error]}
        for name, errors in named.items():
            for message in (text for each in errors for text in each.messages):
                self.refuse(labels.get(name, first), message)


def read_table(path: Path, labels: tuple[str, ...]) -> list[Row]:
    """The rows below the header; a workbook's first sheet that has the header counts.

    Raises Unreadable when the file cannot be read or no sheet has all the columns.
    """
    for sheet in _sheets(path):
        for number in range(1, min(HEADER_WITHIN, len(sheet.rows)) + 1):
            header = [plain(text_of(value)) for value in sheet.cells(number)]
            if all(label in header for label in labels):
                columns = {label: header.index(label) + 1 for label in labels}
                return list(_rows(sheet, columns, number))
    raise Unreadable(f"{path.name}：没有找到表头，应有这些列：{'、'.join(labels)}。")


def _rows(sheet, columns, header: int) -> Iterator[Row]:
    for number in range(header + 1, len(sheet.rows) + 1):
        cells = sheet.cells(number)
        # Lines of a csv file may be shorter than its header.
        values = {
            label: cells[column - 1] if column <= len(cells) else ""
            for label, column in columns.items()
        }
        if not all(is_blank(value) for value in values.values()):
            yield Row(sheet.name, number, columns, values)


def _sheets(path: Path) -> list[Sheet]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"读不了文件 {path}：{error.strerror}。") from error
    match path.suffix.lower():
        case ".csv":
            return [Sheet(path.name, list(csv.reader(io.StringIO(_decoded(content, path)))))]
        case ".xlsx":
            try:
                return read_workbook(content)
            except UnreadableWorkbook as error:
                raise Unreadable(f"{path.name}：{error}") from error
        case _:
            raise Unreadable(f"{path.name}：只能读 .csv 和 .xlsx 文件。")


def _decoded(content: bytes, path: Path) -> str:
    """UTF-8, or GB 18030 as a Chinese spreadsheet saves it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"{path.name}：文字编码认不出，请另存为 UTF-8 编码的 CSV 或 .xlsx。")

"""A table as an xlsx file: text as text, numbers as numbers, never a formula."""

import io
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import xlsxwriter

from portal.exports.paper import Paper, Value, rows_of
from portal.neutral import guarded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # what one cell holds; the writer drops a longer one without a word
FOOTER_LONGEST = 255
MADE = datetime(2000, 1, 1)  # noqa: DTZ001  stands in every file; when it was made is in its footer
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def workbook(title: str, columns, records) -> tuple[bytes, int]:
    """A plain sheet of the records, and how many rows it holds."""
    return write(Paper(title, columns), rows_of(columns, records.iterator(chunk_size=2000)))


def write(paper: Paper, rows: Iterable[list[Value]]) -> tuple[bytes, int]:
    """The xlsx file and how many rows it holds, not counting headers and the total.

    Text is written as text: nothing that a user typed can become a formula, and long numbers keep
    their digits.
    """
    target = io.BytesIO()
    # Headers over two rows are not written row by row, as the sparing mode demands.
    with _book(target, paper.name, sparing=not paper.grouped) as book:
        count = _Sheet(book, paper).write(rows)
    return target.getvalue(), count


def write_book(title: str, sheets: Iterable[tuple[Paper, Iterable[list[Value]]]]) -> bytes:
    """The xlsx file of several sheets; names that are the same in their first letters are numbered."""
    target, names = io.BytesIO(), set()
    with _book(target, title, sparing=True) as book:
        for paper, rows in sheets:
            name = _free_name(sheet_name(paper.name), names)
            names.add(name.lower())
            _Sheet(book, paper, name).write(rows)
    return target.getvalue()


def _book(target: io.BytesIO, title: str, *, sparing: bool):
    options = {"constant_memory": sparing, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    # The same rows give the same bytes: a file sent is recognised by its hash.
    book.set_properties({"title": title, "created": MADE})
    return book


def _free_name(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free.lower() in taken:
        number += 1
        free = f"{name[: 31 - len(str(number))]}{number}"
    return free


class _Sheet:
    def __init__(self, book, paper: Paper, name: str = ""):
        self.paper = paper
        self.sheet = book.add_worksheet(name or sheet_name(paper.name))
        line = {"border": 1, "valign": "vcenter"} if paper.titles else {"valign": "top"}
        head = {"bold": True, "text_wrap": True, "valign": "vcenter"}
        head |= {"border": 1, "align": "center"} if paper.titles else {"bottom": 1}
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.subtitle = book.add_format({"align": "center"})
        self.head = book.add_format(head)
        self.body = book.add_format({"num_format": "@", "quote_prefix": True, **line})
        self.number = book.add_format({"num_format": "0.##########", **line})
        self.whole = book.add_format({"num_format": "0", **line})
        self.total = book.add_format({"bold": True, "num_format": "0.##", **line})
        self.total_text = book.add_format({"bold": True, "num_format": "@", **line})
        self.plain = book.add_format({"num_format": "@"})

    def write(self, rows: Iterable[list[Value]]) -> int:
        row = self._heads()
        kept, count = [], 0
        for cells in rows:
            count += 1
            for index, value in enumerate(cells):
                self._cell(row, index, value)
            if self.paper.total:
                kept.append(cells)
            row += 1
        if self.paper.total:
            for index, value in enumerate(self.paper.total(kept)):
                self._cell(row, index, value, self.total, self.total_text)
            row += 1
        self._signature(row + 1)
        self._page(count)
        return count

    def _heads(self) -> int:
        """Titles, group headers and headers; the number of the first row below them."""
        columns, row = self.paper.columns, 0
        last = len(columns) - 1
        for index, column in enumerate(columns):
            self.sheet.set_column(index, index, column.width)
        for line, text in enumerate(self.paper.titles):
            self._merged(row, 0, row, last, text, self.subtitle if line else self.title)
            row += 1
        first = row
        if self.paper.grouped:
            for text, start, end in self.paper.group_spans():
                if text:
                    self._merged(row, start, row, end, text, self.head)
                else:  # one header over both lines
                    self._merged(row, start, row + 1, start, columns[start].label, self.head)
            row += 1
        for index, column in enumerate(columns):
            if not (self.paper.grouped and not self.paper.groups[index]):
                self._text(row, index, column.label, self.head)
        self.sheet.freeze_panes(row + 1, 0)
        self.sheet.repeat_rows(first, row)
        return row + 1

    def _merged(self, top, left, bottom, right, text, look) -> None:
        if (top, left) == (bottom, right):
            self._text(top, left, text, look)
        else:
            self.sheet.merge_range(top, left, bottom, right, guarded(text), look)

    def _cell(self, row, column, value: Value, number=None, text=None) -> None:
        if isinstance(value, Decimal | int):
            plain = self.whole if value == int(value) else self.number
            self.sheet.write_number(row, column, value, number or plain)
        else:
            self._text(row, column, value, text or self.body)

    def _text(self, row, column, text: str, look) -> None:
        text = guarded(text)
        if len(text) > LONGEST:
            told = f"……（全文 {len(text)} 字，单元格放不下，请在系统中查看）"
            text = text[: LONGEST - len(told)] + told
        self.sheet.write_string(row, column, text, look)

    def _signature(self, row: int) -> None:
        places = max(len(self.paper.columns) // max(len(self.paper.signature), 1), 1)
        for index, text in enumerate(self.paper.signature):
            self._text(row, index * places, text, self.plain)

    def _page(self, count: int) -> None:
        """How it prints: across, one page wide, the header again, how many rows, who took it."""
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        remarks = "　".join(self.paper.remarks)
        mark = self.paper.watermark or remarks
        if mark:
            self.sheet.set_header(_escaped("&L{}", mark))
        tail = f"共 {count} 条　{self.paper.footer}".strip()
        self.sheet.set_footer(_escaped("&L{}&R第 &P 页 共 &N 页", tail))


def _escaped(pattern: str, text: str) -> str:
    """The text in a page header, where & begins a code; cut to what a header may hold."""
    room = FOOTER_LONGEST - len(pattern)
    return pattern.format(text.replace("&", "&&")[:room].rstrip("&"))


def sheet_name(title: str) -> str:
    """At most 31 characters, without those that a sheet's name must not have."""
    return title.translate(FORBIDDEN).strip()[:31] or "表"

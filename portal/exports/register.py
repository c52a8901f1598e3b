"""A table as a printed register: A4 across, header on every page, page n of m, a signature row."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.exports.paper import Paper, Value, numbered
from portal.ledgers.columns import Column, display
from portal.pdf import SUBSTITUTE, missing_glyphs, render_pdf

NAMED = 40  # cells told one by one; the substitute stands in all of them
NARROW, NARROWER = 165, 205  # sums of column widths from which the type gets smaller
LONGEST_COLUMN = 60  # characters looked at for a column's width


@dataclass(frozen=True)
class Gap:
    """A cell with characters that no font has."""

    row: int
    label: str
    text: str
    codes: tuple[str, ...]

    def __str__(self):
        return f"第 {self.row} 行“{self.label}”：{self.text}（{'、'.join(self.codes)}）"


@dataclass(frozen=True)
class Cell:
    text: str
    numeric: bool


def gaps_in(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> list[Gap]:
    """Every cell that cannot be printed as it is, with the code points to be written in by hand."""
    text = "".join({c for row in rows for cell in row if isinstance(cell, str) for c in cell})
    missing = set(missing_glyphs(text))
    if not missing:
        return []
    return [
        Gap(
            number,
            column.label,
            cell,
            tuple(f"U+{ord(c):04X}" for c in dict.fromkeys(cell) if c in missing),
        )
        for number, row in enumerate(rows, start=1)
        for column, cell in zip(columns, row, strict=True)
        if isinstance(cell, str) and missing.intersection(cell)
    ]


def printed(paper: Paper, rows: Sequence[Sequence[Value]], *, left_out: int = 0) -> bytes:
    """The PDF. ``left_out`` are rows beyond the cap; the first page and the last say how many."""
    gaps = gaps_in(paper.columns, rows)
    missing = {chr(int(code[2:], 16)) for gap in gaps for code in gap.codes}
    swap = str.maketrans(dict.fromkeys(missing, SUBSTITUTE))
    total = paper.total(list(rows)) if paper.total else []
    if not any(column.label == "序号" for column in paper.columns):
        paper = numbered(paper)
        rows = [[n, *row] for n, row in enumerate(rows, start=1)]
        total = ["", *total] if total else []
    widths = _widths(paper.columns, rows)
    context = {
        "paper": paper,
        "title": paper.titles[0] if paper.titles else paper.name,
        "subtitles": paper.titles[1:],
        "headers": printed_headers(paper),
        "percents": [f"{100 * width / sum(widths):.3f}" for width in widths],
        "look": "narrower" if sum(widths) > NARROWER else "narrow" if sum(widths) > NARROW else "",
        "rows": [_cells(paper.columns, row, swap) for row in rows],
        "total": _cells(paper.columns, total, swap) if total else [],
        "count": len(rows),
        "left_out": left_out,
        "gaps": [str(gap).translate(swap) for gap in gaps[:NAMED]],
        "more_gaps": max(len(gaps) - NAMED, 0),
        "substitute": SUBSTITUTE,
    }
    return render_pdf("pdf/register.html", context, base="register")


def _cells(columns, row, swap) -> list[Cell]:
    return [
        Cell((value if isinstance(value, str) else display(value)).translate(swap), column.numeric)
        for column, value in zip(columns, row, strict=True)
    ]


def printed_headers(paper: Paper) -> list[list[dict]]:
    """One or two lines of headers; a column without a group spans both."""
    labels = [{"text": c.label, "columns": 1, "lines": 1} for c in paper.columns]
    if not paper.grouped:
        return [labels]
    upper, lower = [], []
    for text, first, last in paper.group_spans():
        if text:
            upper.append({"text": text, "columns": last - first + 1, "lines": 1})
            lower += labels[first : last + 1]
        else:
            upper.append(labels[first] | {"lines": 2})
    return [upper, lower]


def _widths(columns: Sequence[Column], rows) -> list[int]:
    """Each column's own width, less where nothing in it is that long (2 for a Chinese character)."""
    return [
        min(column.width, max([_room(column.label), *(_room(str(row[n])) for row in rows)]))
        for n, column in enumerate(columns)
    ]


def _room(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text[:LONGEST_COLUMN]) + 2

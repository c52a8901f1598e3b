"""A board on paper (A4 across) and as a workbook: the same tiles, table and charts, with their 口径."""

from django.utils import timezone

from portal.exports.paper import Paper, Value
from portal.ledgers.columns import Column
from portal.pdf import render_substituted
from portal.pdf.fonts import library
from reports.boards.asked import Asked
from reports.boards.page import page_of
from reports.boards.shown import Shown
from reports.boards.table import Table

COLUMNS_A_PAGE = 9


def context_of(shown: Shown, asked: Asked, by: str) -> dict:
    found = page_of(shown, asked)
    table = found["table"]
    told = [each["tile"] for each in found["tiles"]]
    return found | {
        "title": shown.title,
        "asked": asked,
        "by": by,
        "families": ",".join(library().families("songti")),
        "as_of": f"{timezone.localtime():%Y-%m-%d %H:%M}",
        "told": told,
        "tables": [_part(table, first) for first in range(0, len(table.columns), COLUMNS_A_PAGE)],
        "legend": [tile.figure for tile in told if tile.figure is not None],
    }


def _part(table: Table, first: int) -> dict:
    """As many columns as a page holds; each part names its rows again."""
    last = first + COLUMNS_A_PAGE
    return {
        "columns": table.columns[first:last],
        "rows": [(row.name, row.cells[first:last]) for row in table.rows],
        "total": table.total[first:last],
    }


def pdf(shown: Shown, asked: Asked, by: str) -> bytes:
    """The same board at the same moment gives the same bytes."""
    return render_substituted("pdf/board.html", context_of(shown, asked, by), base="board")


def sheets(shown: Shown, asked: Asked, by: str) -> list[tuple[Paper, list[list[Value]]]]:
    """The tiles, then the table, with numbers as numbers."""
    found = page_of(shown, asked)
    remarks = [
        f"{asked.place.unit}",
        asked.span.period.label,
        f"数据截至{timezone.localtime():%Y-%m-%d %H:%M}",
        by,
    ]
    names = ("指标", "数值", "单位", asked.span.earlier.label, "变化", "编号", "口径")
    first = Paper(shown.title, _columns(names, {1, 3}), (shown.title,), remarks)
    rows = [_tile_row(each["tile"]) for each in found["tiles"]]
    table: Table = found["table"]
    labels = [column.figure.label for column in table.columns]
    second = Paper(
        f"各{table.word}",
        _columns((table.word, *labels), set(range(1, len(labels) + 1))),
        (f"{shown.title}：各{table.word}",),
        remarks,
    )
    lines = [
        [row.name, *(_value(cell.value, cell.number.text) for cell in row.cells)]
        for row in table.rows
    ]
    if lines:
        lines.append(["合计", *(each.text for each in table.total)])
    return [(first, rows), *([(second, lines)] if lines else [])]


def _columns(names, numeric) -> tuple[Column, ...]:
    return tuple(
        Column(name, lambda record: record, numeric=n in numeric) for n, name in enumerate(names)
    )


def _tile_row(tile) -> list[Value]:
    if tile.number is None:
        return [tile.label, tile.trouble, "", "", "", tile.code, ""]
    return [
        tile.label,
        tile.number.text,
        tile.figure.measure,
        tile.before.text,
        tile.change.text,
        tile.code,
        tile.figure.definition,
    ]


def _value(value, text: str) -> Value:
    """Whole numbers as numbers; shares and amounts as they are printed, so that both files agree."""
    return value if isinstance(value, int) else text

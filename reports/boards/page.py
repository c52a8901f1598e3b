"""All that stands on a board, read at once: for the screen and for the paper."""

from reports.boards.asked import Asked
from reports.boards.heads import heads_of
from reports.boards.pictures import pictures, trend
from reports.boards.reading import shown_codes, tiles
from reports.boards.shown import Shown
from reports.boards.table import table_of


def page_of(shown: Shown, asked: Asked) -> dict:
    place, span = asked.place, asked.span
    told = tiles(shown.lines, place, span)
    tabled = [line for line in shown.lines if line.tabled or line.picture in {"units", "plan"}]
    full = table_of(shown_codes(tabled, place), place, span.period, asked.query["sort"])
    table = full.only({line.code for line in shown.lines if line.tabled})
    return {
        "tiles": [
            {"tile": tile, "trend": trend(tile, place) if tile.number else None} for tile in told
        ],
        "table": table,
        "heads": heads_of(table, asked),
        "tabled": any(line.tabled for line in shown.lines),
        "charts": pictures(told, shown.lines, place, full),
        "place": place,
        "span": span,
    }

"""All that stands on a board, read at once: for the screen and for the paper."""

from reports.boards.asked import Asked
from reports.boards.heads import heads_of
from reports.boards.pictures import pictures, trend
from reports.boards.reading import readings_of, shown_codes, tiles
from reports.boards.shown import Shown
from reports.boards.table import table_of


def page_of(shown: Shown, asked: Asked) -> dict:
    place, span = asked.place, asked.span
    readings = readings_of(shown.lines, place, span)
    told = tiles(shown.lines, place, span, readings)
    tabled = [line for line in shown.lines if line.tabled or line.picture in {"units", "plan"}]
    whole = {code: of_periods[0] for code, of_periods in readings.items()}
    codes = shown_codes(tabled, place)
    full = table_of(codes, place, span.period, asked.query["sort"], whole)
    table = full.only({line.code for line in shown.lines if line.tabled})
    return {
        "tiles": [
            {"tile": tile, "trend": trend(tile, place) if tile.trend else None} for tile in told
        ],
        "table": table,
        "heads": heads_of(table, asked),
        "tabled": any(line.tabled for line in shown.lines),
        "charts": pictures(told, shown.lines, place, full, span),
        "place": place,
        "span": span,
    }

"""From a figure of the street to its communities, their grids, and the records: the same number all along."""

from portal.boards import Line
from portal.charts import Kind
from portal.figures import Ratio
from portal.figures.declare import Figure
from portal.models.units import UnitKind
from portal.summaries import Telling
from reports.boards.asked import Asked
from reports.boards.cells import Number
from reports.boards.heads import heads_of, sum_url
from reports.boards.pictures import months, units
from reports.boards.places import Place, units_for
from reports.boards.reading import difference_url, drill_url, readings_of, tiles, way_of
from reports.boards.table import Table, table_of
from reports.boards.when import Span
from reports.branch_readings import read_branches
from reports.changes import changed


def drilled(figure: Figure, asked: Asked) -> dict:
    """The figure here, its parts below with what they were before, and its pictures."""
    place, span, code = asked.place, asked.span, figure.code
    readings = readings_of([Line(code)], place, span)
    [tile] = tiles([Line(code)], place, span, readings)
    whole = {code: readings[code][0]}
    table = table_of([code], place, span.period, asked.query["sort"], whole)
    differs = bool(table.differing)
    drawn = [months(Kind.LINE, tile, place), units(code, place, table)]
    return {
        "tile": tile,
        "table": table,
        "parts": _parts(figure, place, span, table),
        "charts": [chart for chart in drawn if chart is not None],
        "place": place,
        "span": span,
        "sort_url": heads_of(table, asked)["columns"][0][1] if table.columns else "",
        "records_url": place.url(code, span.period),
        "differs": differs,
        "sum_url": sum_url(code, asked) if differs and place.has_units else "",
        "is_ratio": isinstance(figure, Ratio),
    }


def _parts(figure: Figure, place: Place, span: Span, table: Table) -> list[dict]:
    """The rows of the table, each with the way further down; units also with their change."""
    before = _before(figure, place, span, table)
    parts = []
    for row in table.rows:
        [cell] = row.cells
        part = {"row": row, "cell": cell, "url": "", "change": None, "before": None, "way": ""}
        if row.branch is not None:
            part |= _compared(figure, row.branch, place, span, before)
        parts.append(part)
    return parts


def _before(figure, place, span, table) -> dict:
    branches = [row.branch for row in table.rows if row.branch is not None]
    if not branches:
        return {}
    found = {}
    for name, period in (("now", span.period), ("before", span.earlier)):
        telling = Telling(place.unit, place.reach, period)
        readings = read_branches([figure.code], branches, telling)[figure.code]
        found[name] = dict(zip(branches, readings, strict=True))
    return found


def _compared(figure, branch, place: Place, span: Span, found: dict) -> dict:
    now, before = found["now"][branch], found["before"][branch]
    own = {"own": "1"} if branch.own else {}
    told = {
        "before": Number.of(before, place.row_url(figure.code, branch, span.earlier)),
        "change": Number(
            changed(now, before, span.label),
            difference_url(figure.code, branch.pk, span, **own),
        ),
        "way": way_of(now, before),
    }
    return told if branch.own else told | {"url": drill_url(figure.code, branch.pk, span)}


def parent_of(place: Place):
    """The unit above, where it is the user's to look at."""
    above = place.unit.parent
    if above is None or place.unit.kind == UnitKind.DISTRICT:
        return None
    return above if above in units_for(place.user) else None

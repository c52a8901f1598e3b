"""The charts of a board: the numbers that its tiles and its table tell, drawn."""

from collections.abc import Sequence

from portal.boards import Picture
from portal.charts import Chart, Kind, Series
from portal.figures import spans
from portal.periods import Period
from portal.units.plans import outlines_of
from reports.boards.cells import Tile
from reports.boards.places import Place
from reports.boards.table import Table
from reports.boards.when import Span
from reports.branch_readings import read_over

MOST_ROWS = 40


def trend(tile: Tile, place: Place) -> Chart:
    """Twelve months, as small as a word."""
    return _months(Kind.SPARK, tile, place)


def months(kind: Kind, tile: Tile, place: Place) -> Chart:
    return _months(kind, tile, place)


def _months(kind: Kind, tile: Tile, place: Place) -> Chart:
    periods = [period for period, _ in tile.trend]
    told = [(reading, place.url(tile.code, period)) for period, reading in tile.trend]
    return Chart(
        kind,
        tile.label,
        tuple(map(month_label, periods)),
        (Series.of(tile.label, told),),
        measure=tile.number.measure,
        subtitle=f"{place.unit}，近十二个月",
        lead="月份",
    )


def month_label(month: Period) -> str:
    """2025年3月; of a month that still runs too: its days are told by the page."""
    return f"{month.start.year}年{month.start.month}月"


def units(code: str, place: Place, table: Table) -> Chart | None:
    """The rows of the table in one figure, as bars; None where there are no rows."""
    return _of_rows(Kind.BAR, code, place, table, table.rows)


def plan(code: str, place: Place, table: Table) -> Chart | None:
    """The same on the plan of the unit, of those rows that are places."""
    rows = [row for row in table.rows if not row.is_beside][:MOST_ROWS]
    outlines, note = outlines_of([row.unit for row in rows])
    return _of_rows(Kind.PLAN, code, place, table, rows, outlines=outlines, note=note)


def _of_rows(kind: Kind, code: str, place: Place, table: Table, rows, **drawn) -> Chart | None:
    codes = [column.figure.code for column in table.columns]
    rows = rows[:MOST_ROWS]
    if code not in codes or not rows:
        return None
    at, figure = codes.index(code), table.columns[codes.index(code)].figure
    cells = [row.cells[at] for row in rows]
    series = Series(
        figure.label,
        tuple(cell.value for cell in cells),
        tuple(cell.number.url for cell in cells),
        tuple(cell.number.text for cell in cells),
    )
    return Chart(
        kind,
        figure.label,
        tuple(row.name for row in rows),
        (series,),
        measure="" if figure.measure == "%" else figure.measure,
        subtitle=f"{place.unit}各{table.word}，{table.period.label}",
        lead=table.word,
        **drawn,
    )


def units_by_month(kind: Kind, tile: Tile, place: Place, span: Span) -> Chart:
    """The units right below × the twelve months; of a place that has none below it, its own months."""
    whole = Period(span.months[0].start, span.period.end)
    rows = place.rows(whole)[:MOST_ROWS]
    if not rows:
        return months(Kind.LINE, tile, place)
    found = read_over(tile.code, rows, span.months)
    series = tuple(
        Series.of(
            row.name,
            [(each, place.row_url(tile.code, row, each.period)) for each in readings],
        )
        for row, readings in zip(rows, found, strict=True)
    )
    return Chart(
        kind,
        tile.label,
        tuple(f"{month.start.month}月" for month in span.months),
        series,
        measure=tile.number.measure,
        subtitle=f"{place.unit}各单位各月，{month_label(span.months[0])}至{month_label(span.months[-1])}",
        lead="单位" if kind is Kind.HEAT else "月份",
    )


def days(tile: Tile, place: Place, span: Span) -> Chart | None:
    """Each day of the year in which the period ends, up to its last; None of what no day can be told of."""
    if not spans.tells_days(tile.figure):
        return None
    year = Period(Period.year_of(span.period.end).start, span.period.end)
    found = spans.by_day(tile.code, place.reach, year)
    told = [(reading, place.url(tile.code, day)) for day, reading in found]
    return Chart(
        Kind.CALENDAR,
        tile.label,
        tuple(day.start.isoformat() for day, _ in found),
        (Series.of(tile.label, told),),
        measure=tile.number.measure,
        subtitle=f"{place.unit}每天，{year.label}",
        lead="日期",
    )


def pictures(tiles: Sequence[Tile], lines, place: Place, table: Table, span: Span) -> list[Chart]:
    """One chart for each line that wants one and has numbers."""
    found = []
    for line, tile in zip(lines, tiles, strict=True):
        if tile.number is None:
            continue
        match line.picture:
            case Picture.MONTHS:
                found.append(months(Kind.LINE, tile, place))
            case Picture.COLUMNS:
                found.append(months(Kind.BAR, tile, place))
            case Picture.UNITS:
                found.append(units(line.code, place, table))
            case Picture.PLAN:
                found.append(plan(line.code, place, table))
            case Picture.PANELS:
                found.append(units_by_month(Kind.MULTIPLES, tile, place, span))
            case Picture.SHADED:
                found.append(units_by_month(Kind.HEAT, tile, place, span))
            case Picture.DAYS:
                found.append(days(tile, place, span))
    return [chart for chart in found if chart is not None]

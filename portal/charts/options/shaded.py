"""Tables and calendars shaded by range, every number written in its cell."""

from datetime import date, timedelta

from portal.charts.options.parts import (
    GAP,
    Drawn,
    Layout,
    item,
    label,
    name_axis,
    side_names,
)
from portal.charts.ranges import Ranges
from portal.charts.spec import Chart, Kind
from portal.charts.words import folded, printable

CELL, HEAD_LINES = 30, 2
LEAST_CELL = 18  # of a day, with its number
WEEK = ("日", "一", "二", "三", "四", "五", "六")
MONTHS = [f"{month}月" for month in range(1, 13)]


def heat(chart: Chart, layout: Layout) -> Drawn:
    """Columns with heads above, rows with names at the side. Sums of a matrix are not shaded, as they
    would be the darkest always."""
    sums = chart.kind is Kind.MATRIX
    rows, columns = len(chart.series) - sums, len(chart.categories) - sums
    scales = _scales(chart, rows, columns)
    names = side_names([series.name for series in chart.series], layout)
    side = layout.room(names) + GAP
    heads = _heads(chart, layout, layout.width - side)
    lines = max(head.count("\n") for head in heads) + 1
    found, below = ranges_legend(scales[0], layout) if len(set(map(id, scales))) == 1 else ([], 0)
    top = layout.leading * lines + GAP
    pitch = max(CELL, layout.leading * (max(name.count("\n") for name in names) + 1) + 6)
    option = {
        "grid": {"left": side, "right": 2, "top": top, "bottom": 2 + below},
        "xAxis": {
            "type": "category",
            "position": "top",
            "data": heads,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {
                "color": "@ink",
                "fontSize": layout.size,
                "lineHeight": layout.leading,
                "interval": 0,
                "margin": 4,
            },
        },
        "yAxis": name_axis(names, layout, GAP),
        "series": [
            _row(chart, layout, row, scales, (rows, columns)) for row in range(len(chart.series))
        ]
        + [entry["series"] for entry in found],
    }
    if found:
        option["legend"] = bottom_legend(found, layout)
    texts = [s.text(i) for s in chart.series for i in range(len(chart.categories))]
    least = side + len(chart.categories) * max(layout.room(texts) + 8, 2.5 * layout.size)
    return Drawn(option, top + pitch * len(names) + 4 + below, least=least)


def _scales(chart: Chart, rows: int, columns: int) -> list[Ranges]:
    """The ranges of each column: the same of all, unless each column is shaded for itself."""
    cells = [series.values[:columns] for series in chart.series[:rows]]
    if chart.per_column:
        return [Ranges(values) for values in zip(*cells, strict=True)] or [Ranges(())]
    whole = Ranges(value for row in cells for value in row)
    return [whole] * max(columns, 1)


def _heads(chart: Chart, layout: Layout, width: float) -> list[str]:
    room = max(2, width / max(len(chart.categories), 1) / layout.size - 0.5)
    return ["\n".join(folded(printable(name), room)) for name in chart.categories]


def _row(chart: Chart, layout: Layout, row: int, scales, inner) -> dict:
    series = chart.series[row]
    return {
        "type": "heatmap",
        "name": printable(series.name),
        "data": [
            item(
                series,
                column,
                [column, row, 0],
                **_cell(series.values[column], _scale_at(scales, row, column, inner)),
            )
            for column in range(len(chart.categories))
        ],
        "label": label(layout, position="inside"),
        "itemStyle": {"borderColor": "@line", "borderWidth": 1, "color": "@ground"},
        "emphasis": {"itemStyle": {"borderColor": "@ink", "borderWidth": 2}},
    }


def _scale_at(scales, row: int, column: int, inner) -> Ranges | None:
    return scales[column] if row < inner[0] and column < inner[1] else None


def _cell(value, scale: Ranges | None) -> dict:
    if scale is None:
        return {"label": {"fontWeight": "bold"}}
    if value is None:
        return {}
    shade = scale.shade(value)
    return {
        "itemStyle": {"color": f"@heat-{shade}"},
        "label": {"color": f"@heat-ink-{shade}"},
    }


# --- the legend of ranges ---------------------------------------------------------------------------
def ranges_legend(scale: Ranges, layout: Layout, patterns=None) -> tuple[list[dict], float]:
    """An entry for each range, as the name of a series without data; and the height that they take."""
    found = []
    for each in scale.found:
        pattern = patterns(each.shade) if patterns else None
        found.append(
            {
                "name": f"{each.label} ",  # names of the chart's own end in no blank
                "series": {
                    "type": "bar",
                    "name": f"{each.label} ",
                    "data": [],
                    "itemStyle": {"color": f"@heat-{each.shade}", "borderColor": "@strong"}
                    | {"borderWidth": 1}
                    | ({"decal": pattern} if pattern else {}),
                },
            }
        )
    if not found:
        return [], 0
    wide = sum(layout.room([entry["name"]]) + 42 for entry in found)
    rows = int(wide // max(layout.width - 20, 1)) + 1
    return found, rows * (layout.leading + 8) + 6


def bottom_legend(found: list[dict], layout: Layout) -> dict:
    return {
        "left": 0,
        "bottom": 0,
        "itemWidth": 22,
        "itemHeight": layout.size,
        "selectedMode": False,
        "data": [{"name": entry["name"], "icon": "rect"} for entry in found],
        "textStyle": {"color": "@ink", "fontSize": layout.size},
    }


# --- the calendar -----------------------------------------------------------------------------------
def calendar(chart: Chart, layout: Layout) -> Drawn:
    """Weeks from left to right in rows of half a year, on a phone of a quarter; days from Monday down;
    nought is left blank."""
    days = [date.fromisoformat(name) for name in chart.categories]
    [series] = chart.series
    scale = Ranges(series.values)
    found, below = ranges_legend(scale, layout)
    blocks = _blocks(min(days), max(days), 6 if layout.width >= 500 else 3)
    side, top = 24 + layout.size, layout.leading + GAP
    weeks = max((end - start).days // 7 + 2 for start, end in blocks)
    cell = min(26, max(10, (layout.width - side - 6) / weeks))
    block = 7 * cell + top + 12
    option = {
        "calendar": [
            _block(span, cell, layout, (side, top + number * block))
            for number, span in enumerate(blocks)
        ],
        "series": [
            {
                "type": "heatmap",
                "coordinateSystem": "calendar",
                "calendarIndex": number,
                "name": printable(series.name),
                "data": [
                    item(series, i, [str(day), 0], **_day(series.values[i], scale))
                    for i, day in enumerate(days)
                    if start <= day <= end
                ],
                "label": label(layout, fontSize=min(layout.size - 2, int(cell / 2)))
                | {"position": "inside"},
                "itemStyle": {"borderColor": "@line", "borderWidth": 1, "color": "@ground"},
                "emphasis": {"itemStyle": {"borderColor": "@ink", "borderWidth": 2}},
            }
            for number, (start, end) in enumerate(blocks)
        ],
    }
    if found:
        # The legend's series have no data, but an axis they must have.
        option |= {"xAxis": {"show": False}, "yAxis": {"show": False}}
        option["series"] += [entry["series"] for entry in found]
        option["legend"] = bottom_legend(found, layout)
    return Drawn(
        option, len(blocks) * block + below, parts=len(blocks), least=side + 6 + weeks * LEAST_CELL
    )


def _blocks(first: date, last: date, months: int) -> list[tuple[date, date]]:
    """Stretches of so many months, from January on; a span that fits in one stands alone."""
    if (last - first).days <= months * 31:
        return [(first, last)]
    blocks, start = [], first
    while start <= last:
        after = (
            start.month - 1
        ) // months * months + months  # months of the year that are over then
        turn = date(start.year + after // 12, after % 12 + 1, 1)
        end = min(last, turn - timedelta(days=1))
        blocks.append((start, end))
        start = turn
    return blocks


def _block(span, cell: float, layout: Layout, at) -> dict:
    (start, end), (side, top) = span, at
    return {
        "left": side,
        "right": 4,
        "top": round(top, 1),
        "cellSize": ["auto", round(cell, 1)],
        "range": [str(start), str(end)],
        "splitLine": {"lineStyle": {"color": "@strong", "width": 1}},
        "itemStyle": {"color": "transparent", "borderWidth": 0},  # the series draws the cells
        "yearLabel": {"show": False},
        "monthLabel": {"nameMap": MONTHS, "color": "@soft", "fontSize": layout.size},
        "dayLabel": {
            "nameMap": list(WEEK),
            "firstDay": 1,
            "color": "@soft",
            "fontSize": layout.size - 1,
        },
    }


def _day(value, scale: Ranges) -> dict:
    if not value:
        return {"label": {"show": False}}
    return _cell(value, scale)

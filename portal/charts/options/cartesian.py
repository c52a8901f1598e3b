"""Bars, lines, stacked bars and the tiny trend."""

from portal.charts.options.parts import (
    DASHES,
    GAP,
    SYMBOLS,
    Drawn,
    Layout,
    Scale,
    colour,
    hidden_axis,
    item,
    label,
    legend,
    name_axis,
    side_names,
    style,
)
from portal.charts.spec import Chart
from portal.charts.words import printable

STANDING = 16  # more bars lie
HEIGHT = 280
HIGHEST = 740  # of lying bars with names in two lines: a page of paper holds no more
STEADY = 0.6  # where the least is so near the greatest, a line from nought on would tell nothing
SPARE = 0.85  # a picture may be somewhat narrower than it was laid out for


def bar(chart: Chart, layout: Layout) -> Drawn:
    """Standing where there are few with short names, as months; else lying, one below the other."""
    return _lying(chart, layout) if lies(chart, layout) else _standing(chart, layout)


def lies(chart: Chart, layout: Layout) -> bool:
    count = len(chart.categories)
    if count * max(1, len(chart.series) / 2) > STANDING:
        return True
    return layout.room(chart.categories) + 4 > (layout.width * SPARE - 20) / max(count, 1)


def _lying(chart: Chart, layout: Layout) -> Drawn:
    scale = Scale(chart)
    several = len(chart.series) > 1
    names = side_names(chart.categories, layout)
    texts = [(s.values[i], s.text(i)) for s in chart.series for i in range(len(s.values))]
    below = [printable(text) for value, text in texts if value is not None and value < 0]
    above = [printable(text) for value, text in texts if value is None or value >= 0]
    left_room = layout.room(below) + GAP if below else 0
    top, found = (0, None)
    if several:
        found, top = legend(chart, layout)
    lines = max(name.count("\n") for name in names) + 1
    bars = len(chart.series) * (layout.size + 3) + 6
    pitch = max(bars, layout.leading * lines + 6)
    if pitch * len(names) > HIGHEST:
        names = side_names(chart.categories, layout, lines=1)
        pitch = max(bars, layout.leading + 6)
    height = top + pitch * len(names) + 8
    grid = {
        "left": round(layout.room(names) + GAP + left_room, 1),
        "right": layout.room(above) + GAP + 2,
        "top": top + 4,
        "bottom": 4,
    }
    option = {
        "grid": grid,
        "xAxis": hidden_axis(**scale.ends()),
        "yAxis": name_axis(names, layout, left_room + GAP),
        "series": [
            {
                "type": "bar",
                "name": printable(series.name),
                "data": [_bar(series, i, scale) for i in range(len(names))],
                "label": label(layout, position="right"),
                "barWidth": layout.size,
                "barGap": "15%",
                "itemStyle": style(index),
            }
            for index, series in enumerate(chart.series)
        ],
    }
    option["series"][0]["markLine"] = zero_line("xAxis")
    return Drawn(option | ({"legend": found} if found else {}), height)


def _bar(series, index, scale) -> dict:
    """What is no number has no bar, and its "—" all the same."""
    value = scale(series.values[index]) or 0
    return item(series, index, value, **({"label": {"position": "left"}} if value < 0 else {}))


def zero_line(axis: str) -> dict:
    return {
        "silent": True,
        "symbol": "none",
        "animation": False,
        "label": {"show": False},
        "lineStyle": {"color": "@strong", "type": "solid", "width": 1},
        "data": [{axis: 0}],
    }


def _standing(chart: Chart, layout: Layout) -> Drawn:
    scale = Scale(chart)
    several = len(chart.series) > 1
    found, top = legend(chart, layout) if several else (None, 0)
    texts = [series.text(i) for series in chart.series for i in range(len(series.values))]
    turned = _crowded(texts, chart, layout)
    above = layout.room(texts) if turned else layout.leading
    option = {
        "grid": {
            "left": 4,
            "right": 4,
            "top": top + above + GAP,
            "bottom": layout.leading + GAP + (above if scale.least < 0 else 0),
        },
        "xAxis": _below(chart, layout),
        "yAxis": hidden_axis(**scale.ends()),
        "series": [
            {
                "type": "bar",
                "name": printable(series.name),
                "data": [_upright(series, i, scale) for i in range(len(chart.categories))],
                "label": label(layout, position="top", **(TURNED if turned else {})),
                "barMaxWidth": 44,
                "barCategoryGap": "30%",
                "itemStyle": style(index),
                "labelLayout": {"hideOverlap": True},
            }
            for index, series in enumerate(chart.series)
        ],
    }
    option["series"][0]["markLine"] = zero_line("yAxis")
    return Drawn(option | ({"legend": found} if found else {}), HEIGHT + top)


TURNED = {"rotate": 90, "align": "left", "verticalAlign": "middle"}


def _upright(series, index, scale) -> dict:
    value = scale(series.values[index]) or 0
    return item(series, index, value, **({"label": {"position": "bottom"}} if value < 0 else {}))


def _crowded(texts, chart: Chart, layout: Layout) -> bool:
    """Whether the numbers would run into each other: then they stand upright."""
    slots = len(chart.categories) * len(chart.series)
    return (layout.room(texts) + 2) * slots > layout.width * SPARE


def _below(chart: Chart, layout: Layout, **further) -> dict:
    """Categories from left to right below the picture."""
    return {
        "type": "category",
        "data": [printable(name) for name in chart.categories],
        "axisTick": {"show": False},
        "axisLine": {"show": False},
        "axisLabel": {
            "color": "@soft",
            "fontSize": layout.size,
            "hideOverlap": True,
            "margin": GAP,
        },
    } | further


def _values(scale: Scale, layout: Layout, *, cut_off: bool = False) -> dict:
    """A value axis with its numbers; ``cut_off`` lets it begin above nought, and says so."""
    told = {"name": "纵轴不从 0 起", "nameTextStyle": {"color": "@soft", "align": "left"}}
    return (told | {"scale": True} if cut_off else {}) | {
        "type": "value",
        "axisLabel": {"show": scale.exact, "color": "@soft", "fontSize": layout.size - 1},
        "splitLine": {"lineStyle": {"color": "@line"}},
        "splitNumber": 4,
        **({"minInterval": 1} if scale.whole else {}),
    }


def line(chart: Chart, layout: Layout) -> Drawn:
    """Lines told apart by their points and dashes; each number written where there is room for it."""
    scale = Scale(chart)
    known = [scale(v) for series in chart.series for v in series.values if v is not None]
    steady = len(known) > 1 and min(known) > STEADY * max(known) > 0
    highest = max(range(len(chart.series)), key=lambda index: _height(chart.series[index], scale))
    several = len(chart.series) > 1
    found, top = legend(chart, layout) if several else (None, 0)
    option = {
        "grid": {
            "left": 4,
            "right": layout.room([_last(series) for series in chart.series]) / 2 + GAP,
            "top": top + layout.leading * (2 if steady else 1) + GAP,
            "bottom": 4,
            "containLabel": True,
        },
        "xAxis": _below(
            chart, layout, axisLine={"lineStyle": {"color": "@strong"}, "onZero": False}
        ),
        "yAxis": _values(scale, layout, cut_off=steady),
        "series": [
            {
                "type": "line",
                "name": printable(series.name),
                "data": [
                    item(series, i, scale(series.values[i])) for i in range(len(chart.categories))
                ],
                "label": label(layout, position="top" if index == highest else "bottom"),
                "labelLayout": {"hideOverlap": True},
                "symbol": SYMBOLS[index % len(SYMBOLS)],
                "symbolSize": 7,
                "showAllSymbol": True,
                "itemStyle": {"color": colour(index)},
                "lineStyle": {
                    "color": colour(index),
                    "width": 2,
                    "type": DASHES[index % len(DASHES)],
                },
            }
            for index, series in enumerate(chart.series)
        ],
    }
    return Drawn(option | ({"legend": found} if found else {}), HEIGHT + top)


def _height(series, scale: Scale) -> float:
    """Of the series as a whole: the numbers of the highest stand above their line, of others below."""
    return sum(scale(value) or 0 for value in series.values)


def _last(series) -> str:
    return series.text(len(series.values) - 1) if series.values else ""


def stacked(chart: Chart, layout: Layout) -> Drawn:
    """Parts upon each other in the order of the series, a number in each that is not nought."""
    scale = Scale(chart)
    found, top = legend(chart, layout)
    option = {
        "legend": found,
        "grid": {"left": 4, "right": 8, "top": top + GAP, "bottom": 4, "containLabel": True},
        "xAxis": _below(chart, layout, axisLine={"lineStyle": {"color": "@strong"}}),
        "yAxis": _values(scale, layout),
        "series": [
            {
                "type": "bar",
                "stack": "all",
                "name": printable(series.name),
                "data": [_part(series, i, scale) for i in range(len(chart.categories))],
                "label": label(
                    layout,
                    position="inside",
                    backgroundColor="@ground",
                    padding=[1, 3],
                    borderRadius=2,
                ),
                "labelLayout": {"hideOverlap": True},
                "barMaxWidth": 56,
                "itemStyle": style(index),
            }
            for index, series in enumerate(chart.series)
        ],
    }
    return Drawn(option, HEIGHT + 40 + top)


def _part(series, index, scale) -> dict:
    value = scale(series.values[index])
    return item(series, index, value, **({} if value else {"label": {"show": False}}))


def spark(chart: Chart, layout: Layout) -> Drawn:
    """One line and its last point; the number stands beside it on the page."""
    scale = Scale(chart)
    [series] = chart.series
    data = [item(series, i, scale(series.values[i])) for i in range(len(chart.categories))]
    drawn = [value["value"] for value in data if value["value"] is not None]
    least, most = min(drawn), max(drawn)
    option = {
        "grid": {"left": 4, "right": 6, "top": 5, "bottom": 5},
        "xAxis": {
            "type": "category",
            "show": False,
            "boundaryGap": False,
            "data": [str(n) for n in range(len(data))],
        },
        "yAxis": hidden_axis(min=least, max=most if most > least else least + 1),
        "series": [
            {
                "type": "line",
                "name": printable(series.name),
                "data": [*data[:-1], data[-1] | {"symbolSize": 6}],
                "symbol": "circle",
                "symbolSize": 0.1,
                "showAllSymbol": True,
                "itemStyle": {"color": "@1"},
                "lineStyle": {"color": "@1", "width": 1.5},
            }
        ],
    }
    return Drawn(option, 36)

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
from portal.charts.words import printable, widest

STANDING = 16  # more bars lie
HEIGHT = 280
HIGHEST = 740  # of lying bars with names in two lines: a page of paper holds no more
NARROW = 480  # below, as on a phone, numbers stand upright


def bar(chart: Chart, layout: Layout) -> Drawn:
    """Standing where there are few with short names, as months; else lying, one below the other."""
    return _lying(chart, layout) if lies(chart, layout) else _standing(chart, layout)


def lies(chart: Chart, layout: Layout) -> bool:
    count = len(chart.categories)
    if count * max(1, len(chart.series) / 2) > STANDING:
        return True
    return layout.room(chart.categories) > (layout.width - 40) / max(count, 1) - 4


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
    option = {
        "grid": {
            "left": 4,
            "right": 4,
            "top": top + layout.leading + GAP,
            "bottom": layout.leading + GAP + (layout.leading if scale.least < 0 else 0),
        },
        "xAxis": _below(chart, layout),
        "yAxis": hidden_axis(**scale.ends()),
        "series": [
            {
                "type": "bar",
                "name": printable(series.name),
                "data": [_upright(series, i, scale) for i in range(len(chart.categories))],
                "label": label(layout, position="top"),
                "barMaxWidth": 44,
                "barCategoryGap": "30%",
                "itemStyle": style(index),
                "labelLayout": {"hideOverlap": True},
            }
            for index, series in enumerate(chart.series)
        ],
    }
    option["series"][0]["markLine"] = zero_line("yAxis")
    if found:
        option["legend"] = found
    texts = [series.text(i) for series in chart.series for i in range(len(series.values))]
    if crowded(texts, chart, layout, NARROW):
        option = for_phones(option, upright(len(chart.series)), room=layout.room(texts))
    return Drawn(option, HEIGHT + top)


def _upright(series, index, scale) -> dict:
    value = scale(series.values[index]) or 0
    return item(series, index, value, **({"label": {"position": "bottom"}} if value < 0 else {}))


def crowded(texts, chart: Chart, layout: Layout, width: int) -> bool:
    """Whether the numbers would run into each other on a picture of this width."""
    slots = len(chart.categories) * len(chart.series)
    return layout.size * widest(texts) * slots * 1.1 > width - 60


def for_phones(option: dict, series: list[dict], *, room: float) -> dict:
    """The option, and what is other on a narrow screen."""
    grid = {"top": option["grid"]["top"] + room}
    return {
        "baseOption": option,
        "media": [
            {"query": {"maxWidth": NARROW}, "option": {"grid": grid, "series": series}},
            {"option": {"grid": {"top": option["grid"]["top"]}, "series": upright(len(series), 0)}},
        ],
    }


def upright(count: int, rotate: int = 90) -> list[dict]:
    turned = {"rotate": rotate, "align": "left", "verticalAlign": "middle"}
    plain = {"rotate": 0, "align": None, "verticalAlign": None}
    return [{"label": turned if rotate else plain} for _ in range(count)]


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


def _values(scale: Scale, layout: Layout) -> dict:
    """A value axis with its numbers."""
    return {
        "type": "value",
        "axisLabel": {"show": scale.exact, "color": "@soft", "fontSize": layout.size - 1},
        "splitLine": {"lineStyle": {"color": "@line"}},
        "splitNumber": 4,
        **({"minInterval": 1} if scale.whole else {}),
    }


def line(chart: Chart, layout: Layout) -> Drawn:
    """Lines told apart by their points and dashes; each number written where there is room for it."""
    scale = Scale(chart)
    highest = max(range(len(chart.series)), key=lambda index: _height(chart.series[index], scale))
    several = len(chart.series) > 1
    found, top = legend(chart, layout) if several else (None, 0)
    option = {
        "grid": {
            "left": 4,
            "right": layout.room([_last(series) for series in chart.series]) / 2 + GAP,
            "top": top + layout.leading + GAP,
            "bottom": 4,
            "containLabel": True,
        },
        "xAxis": _below(
            chart, layout, axisLine={"lineStyle": {"color": "@strong"}, "onZero": False}
        ),
        "yAxis": _values(scale, layout),
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

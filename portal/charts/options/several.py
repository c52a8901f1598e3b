"""Pyramids, small multiples and changes of places: pictures of several parts."""

from math import ceil

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
    style,
)
from portal.charts.spec import Chart
from portal.charts.words import cut, printable

MOST_PANELS = 24
PANEL = 118


def pyramid(chart: Chart, layout: Layout) -> Drawn:
    """Two sides back to back with the ages between them, the youngest below."""
    scale = Scale(chart)
    names = [printable(name) for name in chart.categories]
    room = layout.room([series.text(i) for series in chart.series for i in range(len(names))]) + GAP
    top, pitch = layout.leading + GAP, layout.size + 9
    sides = []
    for index, series in enumerate(chart.series):
        sides.append(
            {
                "type": "bar",
                "name": printable(series.name),
                "xAxisIndex": index,
                "yAxisIndex": index,
                "data": [item(series, i, scale(v) or 0) for i, v in enumerate(series.values)],
                "label": label(layout, position="right" if index else "left"),
                "barWidth": "72%",
                "itemStyle": style(index),
            }
        )
    middle = (layout.room(names) + 2 * GAP) / 2
    inner = {"top": top, "bottom": 4}
    option = {
        # Halves of one width, so that both sides have one scale: chart-spec.js knows the picture's.
        "grid": [
            inner | {"left": room, "right": f"50%+{middle:g}"},
            inner | {"left": f"50%+{middle:g}", "right": room},
        ],
        "title": _titles(chart, layout),
        "xAxis": [
            hidden_axis(gridIndex=index, inverse=not index, **scale.ends()) for index in (0, 1)
        ],
        "yAxis": [_ages(names, layout, index, middle) for index in (0, 1)],
        "series": sides,
    }
    return Drawn(option, top + pitch * len(names) + GAP, least=2 * (middle + room) + 80)


def _titles(chart: Chart, layout: Layout) -> list[dict]:
    return [
        {
            "text": printable(series.name),
            "top": 0,
            "left": f"{20 + 60 * index}%",
            "textAlign": "center",
            "padding": 0,
            "textStyle": {"color": "@ink", "fontSize": layout.size, "fontWeight": "bold"},
        }
        for index, series in enumerate(chart.series)
    ]


def _ages(names, layout: Layout, index: int, middle: float) -> dict:
    line = {"lineStyle": {"color": "@strong"}}
    return {
        "type": "category",
        "gridIndex": index,
        "position": "left" if index else "right",
        "data": list(names),
        "axisTick": {"show": False},
        "axisLine": line,
        "axisLabel": {
            "show": bool(index),
            "color": "@ink",
            "fontSize": layout.size,
            "align": "center",
            "margin": round(middle, 1),
            "interval": 0,
        },
    }


def multiples(chart: Chart, layout: Layout) -> Drawn:
    """A panel for each series, all to one scale: what is high in one is high in all."""
    scale = Scale(chart)
    shown = chart.series[:MOST_PANELS]
    across = 3 if layout.width >= 500 else 2
    names = [printable(name) for name in chart.categories]
    ends = scale.ends()
    option = {
        **_panels(shown, layout, across),
        "xAxis": [_first_and_last(names, layout, index) for index in range(len(shown))],
        "yAxis": [hidden_axis(gridIndex=index, **ends) for index in range(len(shown))],
        "series": [
            {
                "type": "line",
                "name": printable(series.name),
                "xAxisIndex": index,
                "yAxisIndex": index,
                "data": _told(series, scale),
                "label": label(layout, position="top", fontSize=layout.size - 2, distance=2),
                "labelLayout": {"hideOverlap": True},
                "symbol": "circle",
                "symbolSize": 5,
                "showAllSymbol": True,
                "itemStyle": {"color": "@1"},
                "lineStyle": {"color": "@1", "width": 1.5},
            }
            for index, series in enumerate(shown)
        ],
    }
    return Drawn(option, ceil(len(shown) / across) * PANEL)


def _told(series, scale: Scale) -> list[dict]:
    """Its numbers; written are the first and the last, the highest and the lowest."""
    known = [i for i, value in enumerate(series.values) if value is not None]
    by_value = sorted(known, key=lambda i: series.values[i])
    written = {*known[:1], *known[-1:], *by_value[:1], *by_value[-1:]}
    return [
        item(series, i, scale(v), **({} if i in written else {"label": {"show": False}}))
        for i, v in enumerate(series.values)
    ]


def _panels(shown, layout: Layout, across: int) -> dict:
    """Where each panel and its name stand, in shares of the width."""
    grids, titles = [], []
    share = 100 / across
    room = max(4, int(layout.width / across / layout.size) - 1)
    for index, series in enumerate(shown):
        left, top = (index % across) * share, (index // across) * PANEL
        grids.append(
            {
                "left": f"{left + 2:.1f}%",
                "width": f"{share - 5:.1f}%",
                "top": top + layout.leading * 2 + 2,
                "height": PANEL - layout.leading * 3 - 14,
            }
        )
        titles.append(
            {
                "text": cut(printable(series.name), room),
                "left": f"{left:.1f}%",
                "top": top,
                "padding": 0,
                "textStyle": {"color": "@ink", "fontSize": layout.size, "fontWeight": "bold"},
            }
        )
    return {"grid": grids, "title": titles}


def _first_and_last(names, layout: Layout, index: int) -> dict:
    return {
        "type": "category",
        "gridIndex": index,
        "data": names,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": "@strong"}, "onZero": False},
        "axisLabel": {
            "color": "@soft",
            "fontSize": layout.size - 2,
            "interval": max(len(names) - 2, 0),
            "margin": 4,
        },
    }


def ranking(chart: Chart, layout: Layout) -> Drawn:
    """A line for each unit through its places, the first above; its name at the end."""
    last = max((int(v) for series in chart.series for v in series.values if v), default=1)
    names = [cut(printable(series.name), layout.name_room) for series in chart.series]
    option = {
        "grid": {
            "left": 18,
            "right": layout.room(names) + 22,
            "top": 16,
            "bottom": layout.leading + GAP + 14,
        },
        "xAxis": {
            "type": "category",
            "data": [printable(name) for name in chart.categories],
            "boundaryGap": False,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {
                "color": "@soft",
                "fontSize": layout.size,
                "margin": 18,
                "hideOverlap": True,
            },
        },
        "yAxis": hidden_axis(inverse=True, min=1, max=max(last, 2)),
        "series": [_way(series, names[i], i, layout) for i, series in enumerate(chart.series)],
    }
    return Drawn(option, max(last, 2) * 30 + layout.leading + 40)


def _way(series, name: str, index: int, layout: Layout) -> dict:
    known = [i for i, value in enumerate(series.values) if value is not None]
    end = {
        "endLabel": {
            "show": bool(known),
            "formatter": name.replace("{", "｛").replace("}", "｝"),
            "color": "@ink",
            "fontSize": layout.size,
            "distance": 12,
        }
    }
    return {
        "type": "line",
        "name": printable(series.name),
        "data": [item(series, i, value) for i, value in enumerate(series.values)],
        "symbol": SYMBOLS[0],
        "symbolSize": 20,
        "showAllSymbol": True,
        "label": label(layout, position="inside", fontSize=layout.size - 2),
        "itemStyle": {"color": "@ground", "borderColor": colour(index), "borderWidth": 2},
        "lineStyle": {"color": colour(index), "width": 2, "type": DASHES[index % len(DASHES)]},
        "emphasis": {"focus": "series"},
        **end,
    }

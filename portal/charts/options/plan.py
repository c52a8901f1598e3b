"""A plan: places by their outlines, shaded and patterned by range, name and number written on each."""

from portal.charts.options.parts import GAP, Drawn, Layout, item, label
from portal.charts.options.shaded import bottom_legend, ranges_legend
from portal.charts.ranges import Ranges
from portal.charts.spec import Chart
from portal.charts.words import folded, printable

LEAST, MOST = 200, 560  # of its height
# Light shades carry dark dots or lines, dark ones light lines: each range has its own.
PATTERNS = (
    None,
    {"symbol": "circle", "symbolSize": 0.3, "dashArrayX": [[8, 8], [0, 8, 8, 0]]}
    | {"dashArrayY": [8, 0], "color": "@shade"},
    {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1, 9], "rotation": 0.785}
    | {"color": "@shade"},
    {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1, 5], "rotation": -0.785}
    | {"color": "@shade"},
    {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1, 5], "color": "@light"},
    None,
)


def plan(chart: Chart, layout: Layout) -> Drawn:
    """To scale, north up, within the width; the legend of ranges below."""
    [series] = chart.series
    scale = Ranges(series.values)
    found, below = ranges_legend(scale, layout, lambda shade: PATTERNS[shade])
    height = _height(chart, layout)
    option = {
        "series": [
            {
                "type": "map",
                "map": "plan",
                "name": printable(series.name),
                "roam": False,
                "selectedMode": False,
                "showLegendSymbol": False,
                "aspectScale": 1,
                "left": 4,
                "right": 4,
                "top": 4,
                "bottom": 4 + below,
                "data": [
                    item(
                        series,
                        i,
                        i,  # the map shades nothing by itself
                        name=str(i),
                        says=_said(name, series.text(i), layout),
                        itemStyle=_shade(series.values[i], scale),
                    )
                    for i, name in enumerate(chart.categories)
                ],
                "label": label(
                    layout,
                    backgroundColor="@ground",
                    padding=[2, 4],
                    borderRadius=2,
                    align="center",
                    lineHeight=layout.leading,
                ),
                "labelLayout": {"hideOverlap": True},
                "itemStyle": {
                    "color": "@ground",
                    "areaColor": "@ground",
                    "borderColor": "@strong",
                    "borderWidth": 1,
                },
                "emphasis": {
                    "label": {"color": "@ink"},
                    "itemStyle": {"borderColor": "@ink", "borderWidth": 2.5},
                },
            },
            *(entry["series"] for entry in found),
        ],
    }
    if found:
        option |= {"xAxis": {"show": False}, "yAxis": {"show": False}}
        option["legend"] = bottom_legend(found, layout)
    places = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": str(i)},
                "geometry": outline.geometry(),
            }
            for i, outline in enumerate(chart.outlines)
        ],
    }
    return Drawn(option, height + below + 8, map={"places": places})


def _said(name: str, text: str, layout: Layout) -> str:
    return "\n".join([*folded(printable(name), 8), text])


def _shade(value, scale: Ranges) -> dict:
    if value is None:
        return {"areaColor": "@ground", "borderType": "dashed"}
    shade = scale.shade(value)
    pattern = PATTERNS[shade]
    return {"areaColor": f"@heat-{shade}"} | ({"decal": pattern} if pattern else {})


def _height(chart: Chart, layout: Layout) -> float:
    bounds = [outline.bounds for outline in chart.outlines]
    wide = max(b[2] for b in bounds) - min(b[0] for b in bounds)
    high = max(b[3] for b in bounds) - min(b[1] for b in bounds)
    natural = (layout.width - 2 * GAP) * high / wide if wide > 0 else LEAST
    return max(LEAST, min(MOST, natural))

"""From the specification to the option that ECharts draws, kind by kind."""

from portal.charts.options import cartesian, plan, several, shaded
from portal.charts.options.parts import Layout
from portal.charts.spec import Chart, Kind
from portal.charts.words import printable

BUILDERS = {
    Kind.BAR: cartesian.bar,
    Kind.LINE: cartesian.line,
    Kind.STACKED: cartesian.stacked,
    Kind.SPARK: cartesian.spark,
    Kind.HEAT: shaded.heat,
    Kind.MATRIX: shaded.heat,
    Kind.CALENDAR: shaded.calendar,
    Kind.PYRAMID: several.pyramid,
    Kind.MULTIPLES: several.multiples,
    Kind.RANKING: several.ranking,
    Kind.PLAN: plan.plan,
}


def built(chart: Chart, *, size: int, width: int) -> dict:
    """See ``Chart.spec``; only for a chart that is not empty."""
    layout = Layout(size, width)
    drawn = BUILDERS[chart.kind](chart, layout)
    general = {"animation": False, "textStyle": {"fontSize": size, "color": "@ink"}}
    spec = {
        "kind": str(chart.kind),
        "height": round(drawn.height),
        "names": [printable(name) for name in chart.categories],
        "rows": len(chart.series),
        "measure": printable(chart.measure),
        "option": general | drawn.option,
    }
    if drawn.parts > 1:
        spec["parts"] = drawn.parts
    if drawn.least:
        spec["least"] = round(drawn.least)
    return spec | ({"map": drawn.map} if drawn.map else {})

"""From the specification to the option that ECharts draws, kind by kind."""

from portal.charts.options import cartesian
from portal.charts.options.parts import Layout
from portal.charts.spec import Chart, Kind
from portal.charts.words import printable

BUILDERS = {
    Kind.BAR: cartesian.bar,
    Kind.LINE: cartesian.line,
    Kind.STACKED: cartesian.stacked,
    Kind.SPARK: cartesian.spark,
}


def built(chart: Chart, *, size: int, width: int) -> dict:
    """See ``Chart.spec``; only for a chart that is not empty."""
    layout = Layout(size, width)
    drawn = BUILDERS[chart.kind](chart, layout)
    option = {
        "animation": False,
        "textStyle": {"fontSize": size, "color": "@ink"},
        **drawn.option,
    }
    spec = {
        "kind": str(chart.kind),
        "height": round(drawn.height),
        "names": [printable(name) for name in chart.categories],
        "measure": printable(chart.measure),
        "option": option,
    }
    return spec | ({"map": drawn.map} if drawn.map else {})

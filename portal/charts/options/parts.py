"""What the options of several kinds have in common. Colours are names that begin with @."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.charts.spec import Chart, Number, Series
from portal.charts.theme import SERIES
from portal.charts.words import cut, folded, printable, widest

GAP = 6
LARGEST, SMALLEST = 1e12, 1e-9  # beyond them axes lose their digits; texts are exact anyway
SYMBOLS = ("circle", "rect", "triangle", "diamond", "roundRect", "arrow")
DASHES = ("solid", "dashed", "dotted")


@dataclass(frozen=True)
class Layout:
    """Size of letters and width of the picture, CSS pixels."""

    size: int
    width: int

    @property
    def leading(self) -> int:
        return self.size + 2

    def room(self, texts: Sequence[str]) -> float:
        """The width of the widest."""
        return round(self.size * widest(texts), 1)

    @property
    def name_room(self) -> int:
        """Characters of a line of a name at the side: a third of the picture, up to 13."""
        return max(4, min(13, int(self.width * 0.34 / self.size)))


@dataclass(frozen=True)
class Drawn:
    """What ECharts gets, the height that it wants, the width below which it is scrolled, how many of its
    series make up one of the chart's, and the map of a plan."""

    option: dict
    height: float
    least: float = 0
    parts: int = 1
    map: dict | None = None


class Scale:
    """Numbers as they are drawn: huge ones divided, so that sums and differences stay finite."""

    def __init__(self, chart: Chart):
        found = [v for series in chart.series for v in series.values if v is not None]
        most = max((abs(Decimal(v)) for v in found), default=Decimal(0))
        self.exact = most <= LARGEST
        self.shift = 0 if self.exact else most.adjusted() - 9
        drawn = [self(v) for v in found]
        self.least, self.most = min(0.0, *drawn, 0.0), max(0.0, *drawn, 0.0)
        self.whole = all(v == int(v) for v in found)

    def __call__(self, value: Number | None) -> float | int | None:
        if value is None:
            return None
        if self.shift:
            return float(Decimal(value).scaleb(-self.shift))
        if isinstance(value, int):
            return value
        number = float(value)
        if abs(number) < SMALLEST:
            return 0
        return int(number) if number.is_integer() else number

    def ends(self) -> dict:
        """The ends of a value axis: nought and the extremes themselves."""
        least, most = self.least, self.most
        if least == most:
            most = 1
        return {"min": _plain(least), "max": _plain(most)}


def _plain(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number


def item(series: Series, index: int, value, **further) -> dict:
    """One number as ECharts takes it: what is drawn, how it is printed, what it opens."""
    told = {"value": value, "text": printable(series.text(index))}
    if url := series.url(index):
        told["url"] = url
    return told | further


def colour(index: int) -> str:
    return f"@{index % SERIES + 1}"


def decal(index: int) -> dict | None:
    """A pattern for each series but the first, so that colour alone never tells."""
    if not index:
        return None
    patterns = (
        {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 5], "rotation": 0.785},
        {"symbol": "circle", "dashArrayX": [[6, 6], [0, 6, 6, 0]], "dashArrayY": [6, 0]},
        {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 4], "rotation": -0.785},
        {"symbol": "rect", "dashArrayX": [[6, 6], [0, 6, 6, 0]], "dashArrayY": [6, 0]},
        {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [3, 6], "rotation": 1.571},
        {"symbol": "triangle", "dashArrayX": [[8, 8], [0, 8, 8, 0]], "dashArrayY": [8, 2]},
    )
    chosen = patterns[(index - 1) % len(patterns)]
    size = 0.6 if chosen["symbol"] == "circle" else 1
    return chosen | {"color": "@decal", "symbolSize": size}


def style(index: int) -> dict:
    pattern = decal(index)
    return {"color": colour(index), "borderColor": "@ground", "borderWidth": 0.5} | (
        {"decal": pattern} if pattern else {}
    )


def label(layout: Layout, **further) -> dict:
    """A number at its value; its colour is named, or paper would not show it."""
    return {
        "show": True,
        "formatter": "@text",
        "color": "@ink",
        "fontSize": layout.size,
        "distance": GAP - 2,
    } | further


def legend(chart: Chart, layout: Layout, **further) -> tuple[dict, float]:
    """The series' names above the picture and the height that they take."""
    names = [printable(series.name) for series in chart.series]
    rows, used = 1, 0.0
    for name in names:
        wide = layout.room([name]) + 46
        if used and used + wide > layout.width - 16:
            rows, used = rows + 1, 0.0
        used += wide
    height = rows * (layout.leading + 8)
    told = {
        "left": 0,
        "top": 0,
        "itemWidth": 22,
        "itemHeight": layout.size,
        "selectedMode": False,
        "data": names,
        "textStyle": {"color": "@ink", "fontSize": layout.size},
    }
    return told | further, height + 4


def side_names(names: Sequence[str], layout: Layout, *, lines: int = 2) -> list[str]:
    """Names for the left side, in up to two lines."""
    room = layout.name_room
    told = [printable(name) for name in names]
    if lines == 1:
        return [cut(name, room) for name in told]
    return ["\n".join(folded(name, room)) for name in told]


def name_axis(names: Sequence[str], layout: Layout, margin: float, **further) -> dict:
    """Categories from top to bottom at the left side."""
    return {
        "type": "category",
        "data": list(names),
        "inverse": True,
        "axisTick": {"show": False},
        "axisLine": {"show": False},
        "axisLabel": {
            "color": "@ink",
            "fontSize": layout.size,
            "lineHeight": layout.leading,
            "margin": margin,
            "interval": 0,
            "align": "right",
        },
    } | further


def hidden_axis(**further) -> dict:
    return {
        "type": "value",
        "axisLabel": {"show": False},
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "splitLine": {"show": False},
    } | further

"""The words in and around a chart. Pure."""

import re
from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from portal.pdf.titles import text_width

if TYPE_CHECKING:
    from portal.charts.spec import Chart

_NOT_FIRST, _NOT_LAST = "）、，。；：》”…", "（《“"
# What no XML may hold, and what turns the reading direction.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
NAMES = {
    "bar": "柱状图",
    "line": "折线图",
    "stacked": "堆叠柱状图",
    "heat": "热力表",
    "multiples": "小图组",
    "calendar": "日历热力图",
    "pyramid": "年龄金字塔",
    "matrix": "交叉表",
    "ranking": "名次变化图",
    "plan": "示意平面图",
    "spark": "走势图",
}


def printable(text: str) -> str:
    """The text without characters that cannot be drawn."""
    return _UNPRINTABLE.sub("", str(text)).strip()


def folded(label: str, room: float) -> list[str]:
    """The name in one line or in two of about the same length; more than these hold is cut."""
    if text_width(label) <= room:
        return [label]
    half = len(_upto(label, min(room, ceil(text_width(label) / 2))))
    if label[half] in _NOT_FIRST:
        half += 1 if text_width(label[: half + 1]) <= room else -1
    elif label[half - 1] in _NOT_LAST:
        half -= 1
    half = max(half, 1)
    return [label[:half], cut(label[half:], room)]


def cut(label: str, room: float) -> str:
    """The name with … for what a line does not hold."""
    return label if text_width(label) <= room else f"{_upto(label, room - 1)}…"


def _upto(label: str, width: float) -> str:
    count = len(label)
    while count and text_width(label[:count]) > width:
        count -= 1
    return label[:count]


def widest(texts: Sequence[str]) -> float:
    """In full-width characters; lines of one text are separate."""
    return max((text_width(line) for text in texts for line in text.split("\n")), default=0)


def description(chart: "Chart") -> str:
    """What kind of picture, of how much, and where the extremes lie."""
    found = [
        (value, series, index)
        for series in chart.series
        for index, value in enumerate(series.values)
        if value is not None
    ]
    kind = NAMES[chart.kind]
    if not found:
        return f"{kind}，没有数。"
    several = len(chart.series) > 1

    def named(at) -> str:
        _, series, index = at
        name = f"{series.name} {chart.categories[index]}" if several else chart.categories[index]
        return f"{name} {series.text(index)}{chart.measure}"

    counts = f"{len(chart.categories)} 项" + (f"，{len(chart.series)} 组" if several else "")
    most, least = max(found, key=_value), min(found, key=_value)
    if most[0] == least[0]:
        return printable(f"{kind}，{counts}，各数相同：{named(most)}。")
    if chart.kind == "ranking":
        return printable(f"{kind}，{counts}。")
    return printable(f"{kind}，{counts}，最大：{named(most)}；最小：{named(least)}。")


def _value(at) -> float:
    return at[0]

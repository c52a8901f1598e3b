"""Bars of one column of a table: its names and numbers as texts in, where all is drawn out. Pure.

The bars keep the rows' order and are as long as their numbers; what is no number ("—") has no bar. A
name longer than LABEL goes on in a second line, or is cut where the page would be too short for that.
"""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from math import ceil

from portal.pdf.blocks import Bar, Chart
from portal.pdf.titles import text_width

MOST = 31  # rows: the days of a month
EM, LEADING, GAP = (
    14,
    15,
    6,
)  # a character as in tables (10.5 pt), lines of one name, room beside a bar
WIDTH, HIGHEST = 589, 780  # the type area, and what of it a chart may take
LABEL = 13  # characters of a line of a name
THICK, ROW = 12, 21
RISE = 0.36 * EM  # from the middle of a character to its baseline
_NOT_FIRST, _NOT_LAST = "）、，。；：》”…", "（《“"


def bar_chart(caption: str, labels: Sequence[str], texts: Sequence[str]) -> Chart | None:
    """None where no text is a number or the rows are more than MOST."""
    values = [number_of(text) for text in texts]
    known = [value for value in values if value is not None]
    if not known or len(values) > MOST:
        return None
    names = [folded(label) for label in labels]
    if sum(map(_pitch, names)) > HIGHEST:
        names = [[cut(label)] for label in labels]
    label_x = EM * max(text_width(line) for name in names for line in name)
    least, most = min(0, *known), max(0, *known)
    below = [text for text, value in zip(texts, values, strict=True) if value and value < 0]
    left = label_x + GAP + _room(below)
    right = WIDTH - _room([text for text in texts if text not in below])
    scale = (right - left) / float(most - least) if most > least else 0.0
    zero = left - float(least) * scale
    bars, top = [], 0
    for name, text, value in zip(names, texts, values, strict=True):
        middle = top + _pitch(name) / 2
        bars.append(_bar(name, text, float(value or 0) * scale, zero, middle))
        top += _pitch(name)
    return Chart(caption, WIDTH, top, round(label_x, 2), round(zero, 2), THICK, bars)


def number_of(text: str) -> Decimal | None:
    """12,580.00 and 82.1% as printed in a table; None for "—" and words."""
    try:
        value = Decimal(text.replace(",", "").removesuffix("%"))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def folded(label: str) -> list[str]:
    """The name in one line or in two of about the same length; more than these hold is cut."""
    if text_width(label) <= LABEL:
        return [label]
    half = len(_upto(label, min(LABEL, ceil(text_width(label) / 2))))
    if label[half] in _NOT_FIRST:
        half += 1 if text_width(label[: half + 1]) <= LABEL else -1
    elif label[half - 1] in _NOT_LAST:
        half -= 1
    return [label[:half], cut(label[half:])]


def cut(label: str) -> str:
    """The name with … for what a line does not hold."""
    return label if text_width(label) <= LABEL else f"{_upto(label, LABEL - 1)}…"


def _upto(label: str, width: float) -> str:
    count = len(label)
    while text_width(label[:count]) > width:
        count -= 1
    return label[:count]


def _pitch(name: Sequence[str]) -> float:
    return ROW + LEADING * (len(name) - 1)


def _room(texts: Sequence[str]) -> float:
    return EM * max(map(text_width, texts)) + GAP if texts else 0


def _bar(name, text, length: float, zero: float, middle: float) -> Bar:
    first = middle + RISE - LEADING * (len(name) - 1) / 2
    end = zero + length + (-GAP if length < 0 else GAP)
    return Bar(
        lines=[(round(first + LEADING * n, 2), line) for n, line in enumerate(name)],
        x=round(min(zero, zero + length), 2),
        y=round(middle - THICK / 2, 2),
        width=round(abs(length), 2),
        text=text,
        text_x=round(end, 2),
        text_y=round(middle + RISE, 2),
        anchor="end" if length < 0 else "start",
    )

"""Ranges of numbers, for shading: up to five of equal width with round ends, and nought for itself. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from portal.charts.theme import STEPS
from portal.numbers import format_number, trimmed

ROUND = tuple(map(Decimal, ("1", "2", "2.5", "5", "10")))


@dataclass(frozen=True)
class Range:
    """Above ``least`` up to ``most`` (nought: exactly that); ``shade`` 0 is the lightest."""

    shade: int
    least: Decimal
    most: Decimal
    label: str


class Ranges:
    """The ranges that hold these numbers, from the lowest on; none where there is no number."""

    def __init__(self, values: Iterable):
        found = [Decimal(str(value)) for value in values if value is not None]
        self.found: list[Range] = []
        if not found:
            return
        whole = all(value == value.to_integral_value() for value in found)
        least, most = min(found), max(found)
        if least >= 0:
            if least == 0:
                self.found.append(Range(0, Decimal(0), Decimal(0), "0"))
            least = Decimal(0)
            if most == 0:
                return
        step, start = _step(least, most, whole)
        counts = whole and step == step.to_integral_value()
        for number in range(STEPS):
            low, high = start + step * number, start + step * (number + 1)
            if low < most or (number == 0 and low == most):
                self.found.append(Range(number + 1, low, high, _label(low, high, counts, number)))

    def shade(self, value) -> int:
        """Of one of the numbers."""
        exact = Decimal(str(value))
        for found in self.found:
            if found.shade == 0 and exact == 0:
                return 0
            if found.shade and exact <= found.most:
                return found.shade
        return STEPS


def _step(least: Decimal, most: Decimal, whole: bool) -> tuple[Decimal, Decimal]:
    """(width, lower end of the first): round, and five of them reach from the least to the most."""
    width = (most - least) / STEPS or Decimal(1)
    unit = Decimal(1).scaleb(width.adjusted())
    for factor in (*ROUND, *(each * 10 for each in ROUND)):
        step = factor * unit
        if whole and (step < 1 or step != step.to_integral_value()):
            continue
        if step < width:
            continue
        start = (least / step).to_integral_value(ROUND_FLOOR) * step
        if least < 0 and start == least:
            start -= step  # ranges are open below, and the least must lie in one
        if start + step * STEPS >= most:
            return step, start
    raise AssertionError("twenty steps of any width hold five ranges")


def _label(low: Decimal, high: Decimal, counts: bool, number: int) -> str:
    if counts:
        low += 1
        if low == high:
            return _text(high)
    return f"{_text(low)}～{_text(high)}" if low < 0 or high < 0 else f"{_text(low)}–{_text(high)}"


def _text(value: Decimal) -> str:
    return format_number(trimmed(value))

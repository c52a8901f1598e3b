"""How an inspection is marked: from faults, rates and what does not apply to lines that add up. Pure.

An item loses what its faults take off, at most its cap, and never more than its full marks. An item by
rate gets that percentage of its full marks, rounded half up to a tenth. What does not apply counts for
nobody: neither its marks nor its faults.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from sanitation.enums.inspections import Grade

NOUGHT, TENTH, HUNDRED = Decimal(0), Decimal("0.1"), Decimal(100)


@dataclass(frozen=True)
class Item:
    """``key`` is whatever the caller tells items apart by."""

    key: object
    title: str
    maximum: Decimal
    cap: Decimal | None = None
    by_rate: bool = False


@dataclass(frozen=True)
class Line:
    """``taken`` is what the faults take off before the cap; ``points`` what the item is given, None
    where it does not apply or still waits for its rate."""

    item: Item
    taken: Decimal = NOUGHT
    is_na: bool = False
    rate: Decimal | None = None
    points: Decimal | None = None

    @property
    def lost(self) -> Decimal:
        return NOUGHT if self.points is None else self.item.maximum - self.points

    @property
    def spared(self) -> Decimal:
        """What the cap kept from being taken off."""
        return NOUGHT if self.points is None or self.item.by_rate else self.taken - self.lost

    @property
    def is_waiting(self) -> bool:
        return self.points is None and not self.is_na


@dataclass(frozen=True)
class Marking:
    """``score`` is the sum of the points of the lines, of ``full`` marks; None where nothing applies."""

    lines: tuple[Line, ...]

    @cached_property
    def full(self) -> Decimal:
        return sum((ln.item.maximum for ln in self.lines if ln.points is not None), NOUGHT)

    @cached_property
    def score(self) -> Decimal | None:
        if not self.full:
            return None
        return sum((ln.points for ln in self.lines if ln.points is not None), NOUGHT)

    @property
    def waiting(self) -> tuple[Line, ...]:
        """Items by rate whose rate nobody told yet."""
        return tuple(ln for ln in self.lines if ln.is_waiting)


def mark(
    items: Iterable[Item],
    na: Collection,
    rates: Mapping,
    deductions: Iterable[tuple[object, Decimal]],
) -> Marking:
    """``na`` holds keys of items, ``rates`` percentages by key, ``deductions`` (key, points) of each
    finding, in any order. Raises KeyError for a finding of an item that is not among them."""
    items = tuple(items)
    taken = {item.key: NOUGHT for item in items}
    for key, points in deductions:
        taken[key] += points
    return Marking(tuple(_line(item, taken[item.key], na, rates) for item in items))


def _line(item: Item, taken: Decimal, na: Collection, rates: Mapping) -> Line:
    if item.key in na:
        return Line(item, taken, is_na=True)
    if not item.by_rate:
        most = item.maximum if item.cap is None else min(item.cap, item.maximum)
        return Line(item, taken, points=item.maximum - min(taken, most))
    rate = rates.get(item.key)
    if rate is None:
        return Line(item, taken)
    share = (item.maximum * rate / HUNDRED).quantize(TENTH, ROUND_HALF_UP)
    return Line(item, taken, rate=rate, points=share)


def percent(score: Decimal | None, full: Decimal | None) -> Decimal | None:
    """The score of a hundred, to a tenth: what makes inspections with different full marks comparable."""
    if score is None or not full:
        return None
    return (score * HUNDRED / full).quantize(TENTH, ROUND_HALF_UP)


def grade(score: Decimal | None, full: Decimal | None, limits) -> Grade | None:
    """``limits`` has ``excellent_from``, ``good_from`` and ``pass_from`` of a hundred, as a rubric has."""
    if score is None or not full:
        return None
    for name, given in (
        ("excellent_from", Grade.EXCELLENT),
        ("good_from", Grade.GOOD),
        ("pass_from", Grade.PASS),
    ):
        if score * HUNDRED >= getattr(limits, name) * full:
            return given
    return Grade.FAIL

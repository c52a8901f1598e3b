"""Figures of several periods by one query: this year, the year before, each of the last twelve months.

Each reading is exactly what the engine tells of the figure in that period alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Q

from portal.figures import engine
from portal.figures.declare import Counted, Stock, When
from portal.figures.engine import Reading, divided, in_time
from portal.figures.together import parted, reaches_one_each, told
from portal.periods import Period


def over(codes: Iterable[str], units: Iterable[int], periods: Sequence[Period]) -> dict:
    """By code one reading for each period, in their order. Raises KeyError, OutOfScope."""
    units, periods = frozenset(units), tuple(periods)

    def count(counted):
        for figure, values in _values(counted, units, periods):
            if values is None:
                found = [engine.read(figure.code, units, each) for each in periods]
            else:
                pairs = zip(periods, values, strict=True)
                found = [Reading(figure, units, each, value) for each, value in pairs]
            yield figure, found

    def divide(code, above, below):
        pairs = zip(above, below, strict=True)
        return [divided(code, one, other) for one, other in pairs]

    return told(codes, units, count, divide)


def _values(counted: Iterable[Counted], units: frozenset[int], periods: Sequence[Period]):
    """Pairs of a figure and its values in the periods; None where it must be read period by period."""
    shared, alone = parted(counted)
    for party in shared:
        yield from _asked(party, units, periods)
    for figure in alone:
        if not (callable(figure.where) or figure.value.of_period):
            # Its own condition stands before the measuring, as the engine has it.
            yield from _asked((figure,), units, periods, figure.where)
        elif _one_each(figure, periods[0]):
            yield from _asked((figure,), units, periods)
        else:
            yield figure, None


def _one_each(figure: Counted, period: Period) -> bool:
    measured = figure.rows(period).annotate(_measured=figure.value.aggregate(period))
    return reaches_one_each(measured, figure)


def _asked(party: tuple[Counted, ...], units, periods, where: Q | None = None):
    first = party[0]
    rows = first.kept(where or Q()).filter(_ever(first, periods), **{f"{first.unit}__in": units})
    measures = {
        f"_value{place}_{n}": figure.value.aggregate(each, _condition(figure, each, where))
        for place, figure in enumerate(party)
        for n, each in enumerate(periods)
    }
    values = list(rows.order_by().aggregate(**measures).values())
    for place, figure in enumerate(party):
        begin = place * len(periods)
        yield figure, [value or 0 for value in values[begin : begin + len(periods)]]


def _condition(figure: Counted, period: Period, where: Q | None) -> Q:
    """What counts in this period alone; without what stands before the measuring already."""
    if where is not None:
        return in_time(figure, period)
    own = figure.where(period) if callable(figure.where) else figure.where
    return own & in_time(figure, period)


def _ever(figure: Counted, periods: Sequence[Period]) -> Q:
    """Rows that may count in one of the periods, by as few conditions as they need."""
    hull = Period(min(each.start for each in periods), max(each.end for each in periods))
    if isinstance(figure, Stock):  # at its opening, its end or in between: each lies within
        figure = replace(figure, when=When.DURING)
    return in_time(figure, hull)

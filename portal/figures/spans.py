"""Figures of several periods by one query: this year, the year before, each of the last twelve months, each
day; of the units together or of each, or by what a category divides them into.

Each reading is exactly what the engine tells of the figure in that period alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone

from portal.figures import engine
from portal.figures.categories import DerivedCategory
from portal.figures.cells import reading as cells
from portal.figures.compiled import answers
from portal.figures.declare import Counted, Figure, Flow, Stock, When, figures
from portal.figures.engine import Reading, divided, in_time, month_key
from portal.figures.together import parted, reaches_one_each, told
from portal.periods import Period

WHOLE = cells.WHOLE  # the key of all units together


def over(codes: Iterable[str], units: Iterable[int], periods: Sequence[Period]) -> dict:
    """By code one reading for each period, in their order. Raises KeyError, OutOfScope."""
    units, periods = frozenset(units), tuple(periods)

    def count(counted):
        for figure, values in _values(counted, units, periods):
            if values is None:
                found = [engine.read(figure.code, units, each) for each in periods]
            else:
                found = _readings(figure, units, periods, values[WHOLE])
            yield figure, found

    return told(codes, units, count, _divided)


def by_unit(codes: Iterable[str], units: Iterable[int], periods: Sequence[Period]) -> dict:
    """By code and unit one reading for each period, zeros included. Raises KeyError, OutOfScope."""
    units, periods = frozenset(units), tuple(periods)
    nothing = (0,) * len(periods)

    def count(counted):
        for figure, values in _values(counted, units, periods, each=True):
            if values is None:
                alone = [engine.by_unit(figure.code, units, period) for period in periods]
                yield figure, {unit: [found[unit] for found in alone] for unit in units}
            else:
                yield (
                    figure,
                    {
                        unit: _readings(
                            figure, frozenset({unit}), periods, values.get(unit, nothing)
                        )
                        for unit in units
                    },
                )

    def divide(code, above, below):
        return {unit: _divided(code, above[unit], below[unit]) for unit in above}

    return told(codes, units, count, divide)


def _readings(figure, units, periods, values) -> list[Reading]:
    pairs = zip(periods, values, strict=True)
    return [Reading(figure, units, each, value) for each, value in pairs]


def _divided(code: str, above, below) -> list[Reading]:
    return [divided(code, one, other) for one, other in zip(above, below, strict=True)]


# --- days, and months by category -------------------------------------------------------------------
def tells_days(figure: Figure) -> bool:
    """Whether each row of it counts on one day, whatever the period: what happened, by event date."""
    return isinstance(figure, Flow) and not callable(figure.where) and not figure.value.of_period


def by_day(code: str, units: Iterable[int], period: Period) -> list[tuple[Period, Reading]]:
    """One reading for each day of the period, zeros included. Raises KeyError, OutOfScope, and ValueError
    for a figure that ``tells_days`` not."""
    figure, units = _daily(code), frozenset(units)
    found = engine.grouped(figure, engine.evidence(code, units, period), period, figure.date)
    days = (period.start + timedelta(days=n) for n in range(period.days))
    return [
        (Period(day, day), Reading(figure, units, Period(day, day), found.get(day, 0)))
        for day in days
    ]


def by_category(
    code: str, name: str, units: Iterable[int], period: Period, labels: Mapping[str, str]
) -> dict[str, list[tuple[Period, Reading]]]:
    """By choice of the category (``labels``) one reading for each month of the period, zeros included.
    Raises as ``by_day``, and ValueError for a category that depends on the period, as an age does."""
    figure, units = _daily(code), frozenset(units)
    category = figure.categories[name]
    if isinstance(category, DerivedCategory):
        raise ValueError(f"{name} of {code} depends on the period")
    rows, path = category.spread(engine.evidence(code, units, period), period)
    rows = rows.annotate(_year=ExtractYear(figure.date), _month=ExtractMonth(figure.date))
    found = engine.grouped(figure, rows, period, path, "_year", "_month")
    values = {(str(key), *month): value for (key, *month), value in found.items()}

    def reading(choice, month):
        value = values.get((choice, *month_key(month)), 0)
        return Reading(figure, units, month, value, category=((name, choice),))

    months = period.months()
    return {choice: [(month, reading(choice, month)) for month in months] for choice in labels}


def _daily(code: str) -> Flow:
    figure = figures[code]
    if not tells_days(figure):
        raise ValueError(f"{code} does not count by day")
    return figure


# --- how they are asked -----------------------------------------------------------------------------
def _values(
    counted: Iterable[Counted], units: frozenset[int], periods: Sequence[Period], *, each=False
):
    """Pairs of a figure and its values in the periods, by WHOLE or, of ``each`` unit, by its key; None in
    their place where it must be read period by period."""
    known = cells.values(counted, units, periods, each=each)
    yield from known.items()
    shared, alone = parted(figure for figure in counted if figure not in known)
    for party in shared:
        yield from _asked(party, units, periods, each=each)
    for figure in alone:
        if not (callable(figure.where) or figure.value.of_period):
            # Its own condition stands before the measuring, as the engine has it.
            yield from _asked((figure,), units, periods, each=each, before=True)
        elif _one_each(figure, periods[0]):
            yield from _asked((figure,), units, periods, each=each)
        else:
            yield figure, None


def _one_each(figure: Counted, period: Period) -> bool:
    measured = figure.rows(period).annotate(_measured=figure.value.aggregate(period))
    return reaches_one_each(measured, figure)


def _asked(party: tuple[Counted, ...], units, periods, *, each: bool, before: bool = False):
    told = (party, periods, each, before, timezone.localdate())
    keep = not any(figure.looks_up for figure in party)
    rows = answers(_question, told, units, periods[0], keep=keep)
    found = {(row[0] if each else WHOLE): row[1:] for row in rows}
    if not each:
        found = found or {WHOLE: (0,) * (len(party) * len(periods))}
    for place, figure in enumerate(party):
        begin, end = place * len(periods), (place + 1) * len(periods)
        yield (
            figure,
            {key: [value or 0 for value in values[begin:end]] for key, values in found.items()},
        )


def _question(party, periods, each: bool, before: bool, today, units, _period) -> QuerySet:
    """Each value of each figure in each period, behind the unit. ``before``: the figure's own condition
    stands before the measuring."""
    first, where = party[0], party[0].where if before else None
    rows = first.kept(where or Q()).filter(_ever(first, periods), **{f"{first.unit}__in": units})
    measures = {
        f"_value{place}_{n}": figure.value.aggregate(period, _condition(figure, period, where))
        for place, figure in enumerate(party)
        for n, period in enumerate(periods)
    }
    key = first.unit if each else "_whole"
    rows = rows if each else rows.annotate(_whole=Value(1))
    return rows.order_by().values(key).annotate(**measures).values_list(key, *measures)


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

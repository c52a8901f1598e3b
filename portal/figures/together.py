"""Many figures read at once: those that count the same rows by the same dates are told by one query.

Each reading is exactly what the engine tells of the figure alone. So only such figures share a query as
reach one row at most by each step from theirs: a step to many would count a row several times.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from django.db.models import ForeignKey, OneToOneRel, Q, QuerySet, Value
from django.db.models.functions import ExtractMonth, ExtractYear

from portal.figures import engine
from portal.figures.cells import reading as cells
from portal.figures.compiled import answers
from portal.figures.declare import Counted, Flow, Ratio, Stock, figures
from portal.figures.engine import Reading, divided, in_time, month_key
from portal.periods import Period
from portal.scope import current_scope

WHOLE, UNIT, MONTH = "whole", "unit", "month"
KEYS = {WHOLE: 0, UNIT: 1, MONTH: 2}  # how many values name a group


def read_all(codes: Iterable[str], units: Iterable[int], period: Period) -> dict[str, Reading]:
    """One reading for each code, as ``engine.read`` tells it. Raises KeyError, OutOfScope."""
    units = frozenset(units)

    def count(counted):
        known = cells.values(counted, units, [period])
        for figure, values in known.items():
            yield figure, Reading(figure, units, period, values[cells.WHOLE][0])
        shared, alone = parted(each for each in counted if each not in known)
        for figure, values in _values(shared, WHOLE, units, period):
            yield figure, Reading(figure, units, period, values.get((), 0))
        for figure in alone:
            yield figure, engine.read(figure.code, units, period)

    return told(codes, units, count, divided)


def by_unit(codes, units, period: Period) -> dict[str, dict[int, Reading]]:
    """For each code what ``engine.by_unit`` tells."""
    units = frozenset(units)

    def readings(figure, values):
        each = {unit: values.get(unit, 0) for unit in units}
        return {u: Reading(figure, frozenset({u}), period, v) for u, v in each.items()}

    def count(counted):
        known = cells.values(counted, units, [period], each=True)
        for figure, values in known.items():
            yield figure, readings(figure, {unit: value for unit, [value] in values.items()})
        shared, alone = parted(each for each in counted if each not in known)
        for figure, values in _values(shared, UNIT, units, period):
            yield figure, readings(figure, {unit: value for (unit,), value in values.items()})
        for figure in alone:
            yield figure, engine.by_unit(figure.code, units, period)

    def divide(code, above, below):
        return {unit: divided(code, above[unit], below[unit]) for unit in above}

    return told(codes, units, count, divide)


def by_month(codes, units, period: Period) -> dict[str, list[tuple[Period, Reading]]]:
    """For each code what ``engine.by_month`` tells."""
    units, months = frozenset(units), period.months()

    def count(counted):
        flows = [each for each in counted if isinstance(each, Flow)]
        known = cells.values(flows, units, months)
        for figure, values in known.items():
            pairs = zip(months, values[cells.WHOLE], strict=True)
            yield figure, [(month, Reading(figure, units, month, value)) for month, value in pairs]
        shared, alone = parted(each for each in flows if each not in known)
        for figure, values in _values(shared, MONTH, units, period):
            found = [(month, values.get(month_key(month), 0)) for month in months]
            yield figure, [(month, Reading(figure, units, month, value)) for month, value in found]
        for figure in alone:
            yield figure, engine.by_month(figure.code, units, period)
        stocks = [each for each in counted if not isinstance(each, Flow)]
        ends = [(month, read_all((each.code for each in stocks), units, month)) for month in months]
        for figure in stocks:
            yield figure, [(month, readings[figure.code]) for month, readings in ends]

    def divide(code, above, below):
        pairs = zip(above, below, strict=True)
        return [(month, divided(code, one, other)) for (month, one), (_, other) in pairs]

    return told(codes, units, count, divide)


def told(codes: Iterable[str], units: frozenset[int], count: Callable, divide: Callable) -> dict:
    """By code; the terms of ratios are counted with the other figures and divided afterwards."""
    current_scope().require(units)
    codes = list(dict.fromkeys(codes))
    found = {figure.code: told for figure, told in count(_terms(codes))}

    def tell(code):
        if code not in found:
            ratio = figures[code]
            found[code] = divide(code, tell(ratio.numerator), tell(ratio.denominator))
        return found[code]

    return {code: tell(code) for code in codes}


def _terms(codes: Iterable[str]) -> list[Counted]:
    """The counted figures behind the codes, each once."""
    found = {}
    for code in codes:
        figure = figures[code]
        terms = [figure]
        if isinstance(figure, Ratio):
            terms = _terms([figure.numerator, figure.denominator])
        found |= dict.fromkeys(terms)
    return list(found)


def parted(counted: Iterable[Counted]) -> tuple[list[tuple[Counted, ...]], list[Counted]]:
    """(those that share a query, by query; those that must be read alone)."""
    parties, alone = defaultdict(list), []
    for figure in counted:
        if _may_share(figure):
            parties[figure.model, figure.unit, *_dates(figure)].append(figure)
        else:
            alone.append(figure)
    return [tuple(party) for party in parties.values()], alone


def _dates(figure: Counted) -> tuple:
    if isinstance(figure, Stock):
        return figure.starts, figure.ends, figure.ends_inclusive, figure.when
    return type(figure), figure.date


@cache
def _may_share(figure: Counted) -> bool:
    if callable(figure.where) or figure.value.of_period:
        return False
    return reaches_one_each(_prepared((figure,), WHOLE), figure)


def reaches_one_each(rows: QuerySet, figure: Counted) -> bool:
    """Whether the figure finds one row at most by each step from its own, so that nothing counts twice."""
    dated = (figure.starts, figure.ends) if isinstance(figure, Stock) else (figure.date,)
    reached = rows.values(figure.unit, *dated)
    steps = (getattr(table, "join_field", None) for table in reached.query.alias_map.values())
    return all(step is None or isinstance(step, ForeignKey | OneToOneRel) for step in steps)


def _values(parties, split: str, units: frozenset[int], period: Period):
    """Pairs of a figure and its values by group."""
    keys = KEYS[split]
    for party in parties:
        rows = answers(_question, (party, split), units, period)
        found = [(row[:keys], row[keys:]) for row in rows]
        for place, figure in enumerate(party):
            yield figure, {key: values[place] or 0 for key, values in found}


def _question(party: tuple[Counted, ...], split: str, units, period: Period) -> QuerySet:
    first = party[0]
    return _prepared(party, split).filter(in_time(first, period), **{f"{first.unit}__in": units})


def _prepared(party: tuple[Counted, ...], split: str) -> QuerySet:
    """Rows of each group's values, behind the keys of the group; still of all units and times."""
    first = party[0]
    rows, paths, fixed = first.kept(Q()), (), {}
    match split:
        case "unit":
            paths = (first.unit,)
        case "month":
            paths = ("_year", "_month")
            fixed = {"_year": ExtractYear(first.date), "_month": ExtractMonth(first.date)}
        case _:
            fixed = {"_whole": Value(1)}
    measures = {
        f"_figure{place}": figure.value.aggregate(None, figure.where or None)
        for place, figure in enumerate(party)
    }
    grouped = rows.annotate(**fixed).order_by().values(*(paths or fixed)).annotate(**measures)
    return grouped.values_list(*paths, *measures)

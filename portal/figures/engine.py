"""Reading figures: the only place that counts, live or from cells (``portal.figures.cells``), which agree.

A figure depends on its definition, the units, the period and the category — never on who looks;
but it is refused unless every asked unit lies in the present scope.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone

from portal.figures.categories import Category
from portal.figures.cells import reading as cells
from portal.figures.compiled import answers
from portal.figures.declare import Counted, Cumulative, Figure, Flow, Ratio, figures
from portal.figures.values import Count, Distinct
from portal.numbers import format_number
from portal.periods import Period
from portal.scope import current_scope


@dataclass(frozen=True)
class Reading:
    """One figure read: ``value`` in the figure's measure; a ratio also carries its two terms.

    ``text`` is how columns print it, without its measure; ``full`` how running text tells it: with
    the measure, 500元 where columns say 500.00.
    """

    figure: Figure
    units: frozenset[int]
    period: Period
    value: int | Decimal | None
    numerator: "Reading | None" = None
    denominator: "Reading | None" = None
    category: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        if self.numerator is not None:
            return self.figure.printed(self.numerator.value, self.denominator.value)
        places = self.figure.places if isinstance(self.value, Decimal) else None
        return format_number(self.value, places=places)

    @property
    def measure(self) -> str:
        """The word after ``text``; a percentage carries its own sign."""
        return "" if self.figure.measure == "%" else self.figure.measure

    @property
    def full(self) -> str:
        if self.numerator is not None:
            return self.figure.with_terms(self)
        whole = isinstance(self.value, Decimal) and self.value == self.value.to_integral_value()
        if whole and self.figure.shortens:
            return f"{format_number(self.value, places=0)}{self.figure.measure}"
        return f"{self.text}{self.figure.measure}"


def read(
    code: str,
    units: Iterable[int],
    period: Period,
    category: Mapping[str, str] | None = None,
) -> Reading:
    """The figure's value. Raises KeyError for an unknown code, OutOfScope for a foreign unit."""
    figure = figures[code]
    units = frozenset(units)
    key = tuple(sorted((category or {}).items()))
    if isinstance(figure, Ratio):
        numerator = read(figure.numerator, units, period, category)
        denominator = read(figure.denominator, units, period, category)
        return _ratio(figure, numerator, denominator, units, period, key)
    current_scope().require(units)
    if not key and (known := cells.values([figure], units, [period])):
        [value] = known[figure][cells.WHOLE]
        return Reading(figure, units, period, value)
    return Reading(figure, units, period, _measured(figure, units, period, key), category=key)


def divided(code: str, numerator: Reading, denominator: Reading) -> Reading:
    """The ratio of two readings that were counted already, of the same units and period."""
    return _ratio(figures[code], numerator, denominator, numerator.units, numerator.period)


def evidence(
    code: str,
    units: Iterable[int],
    period: Period,
    category: Mapping[str, str] | None = None,
) -> QuerySet:
    """Exactly the rows that ``read`` counts; of a ratio, the rows of its numerator."""
    figure = figures[code]
    if isinstance(figure, Ratio):
        return evidence(figure.numerator, units, period, category)
    return _under(_of_units(figure, frozenset(units), period), figure, category or {}, period)


def _under(rows: QuerySet, figure: Counted, category: Mapping[str, str], period: Period):
    for name, value in category.items():
        rows = figure.categories[name].narrowed(rows, value, period)
    return rows


def _of_units(figure: Counted, units: frozenset[int], period: Period) -> QuerySet:
    current_scope().require(units)
    return _within(figure, units, period)


def _within(figure: Counted, units: Iterable[int], period: Period) -> QuerySet:
    return counted_rows(figure, period).filter(**{f"{figure.unit}__in": units})


def counted_rows(figure: Counted, period: Period) -> QuerySet:
    """The figure's rows of every unit; the caller narrows to units in scope."""
    return figure.rows(period).filter(in_time(figure, period))


def in_time(figure: Counted, period: Period) -> Q:
    if isinstance(figure, Flow):
        return Q(**{f"{figure.date}__range": (period.start, period.end)})
    if isinstance(figure, Cumulative):
        return Q(**{f"{figure.date}__lte": period.end})
    later = "gte" if figure.ends_inclusive else "gt"
    begun_by, open_on = figure.days(period)
    begun = Q(**{f"{figure.starts}__lte": begun_by})
    if _column(figure.model, figure.starts).null:  # it was always there
        begun |= Q(**{f"{figure.starts}__isnull": True})
    return begun & (
        Q(**{f"{figure.ends}__isnull": True}) | Q(**{f"{figure.ends}__{later}": open_on})
    )


def _column(model, path: str):
    """The field at the end of a path over foreign keys."""
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)


def _measured(figure: Counted, units: frozenset[int], period: Period, category: tuple):
    """The value of the rows that are the evidence. What counts may follow from the period and from today;
    else the question is that of any period."""
    fixed = callable(figure.where) or figure.value.of_period or category
    told = (figure, category, *((period, timezone.localdate()) if fixed else (None, None)))
    rows = answers(_question, told, units, period, keep=not figure.looks_up)
    return rows[0][0] or 0 if rows else 0


def _question(figure, category: tuple, fixed: Period | None, today, units, period) -> QuerySet:
    period = fixed or period
    rows = _under(_within(figure, units, period), figure, dict(category), period)
    whole = rows.order_by().annotate(_whole=Value(1)).values("_whole")
    return whole.annotate(_measured=figure.value.aggregate(period)).values_list("_measured")


def by_unit(code: str, units: Iterable[int], period: Period) -> dict[int, Reading]:
    """One reading for each asked unit, by the unit that recorded the fact; zeros included."""
    figure, units = figures[code], frozenset(units)
    if isinstance(figure, Ratio):
        numerators = by_unit(figure.numerator, units, period)
        denominators = by_unit(figure.denominator, units, period)
        return {
            unit: _ratio(figure, numerators[unit], denominators[unit], frozenset({unit}), period)
            for unit in units
        }
    if known := cells.values([figure], units, [period], each=True):
        found = {unit: value for unit, [value] in known[figure].items()}
    else:
        rows = evidence(code, units, period)
        found = grouped(figure, rows, period, figure.unit)
    return {unit: Reading(figure, frozenset({unit}), period, found.get(unit, 0)) for unit in units}


def by_month(code: str, units: Iterable[int], period: Period) -> list[tuple[Period, Reading]]:
    """One reading for each month of the period; a stock is read at each month's end."""
    figure, units = figures[code], frozenset(units)
    months = period.months()
    if not isinstance(figure, Flow):
        return [(month, read(code, units, month)) for month in months]
    if known := cells.values([figure], units, months):
        pairs = zip(months, known[figure][cells.WHOLE], strict=True)
        return [(month, Reading(figure, units, month, value)) for month, value in pairs]
    if not callable(figure.where):
        found = _by_event_month(figure, units, period)
        return [(m, Reading(figure, units, m, found.get(month_key(m), 0))) for m in months]
    # Which rows count depends on the month asked; where none is dated in it, none can.
    dated = _by_event_month(replace(figure, where=Q(), value=Count()), units, period)
    return [
        (m, read(code, units, m) if month_key(m) in dated else Reading(figure, units, m, 0))
        for m in months
    ]


def _by_event_month(figure: Flow, units: frozenset[int], period: Period) -> dict:
    rows = _of_units(figure, units, period).annotate(
        _year=ExtractYear(figure.date), _month=ExtractMonth(figure.date)
    )
    return grouped(figure, rows, period, "_year", "_month")


def month_key(month: Period) -> tuple[int, int]:
    return month.start.year, month.start.month


def labels(codes: Iterable[str], name: str, units: Iterable[int]) -> dict[str, str]:
    """By value the choices of a category that figures share, as they stand for the units; last, where it is
    so of one of the figures, what the rows are called that have none of them."""
    category, *others = (figures[code].categories[name] for code in codes)
    for other in others:
        category = category.among(other)
    return {str(value): str(label) for value, label in category.labels(units).items()}


def by_category(
    code: str, name: str, units, period: Period, labels: Mapping[str, str] | None = None
) -> dict[str, Reading]:
    """One reading for each choice of the category, zeros included; ``labels`` are its choices for these
    units where the caller has asked for them already."""
    figure, units = figures[code], frozenset(units)
    category = figure.categories[name]
    labels = category.labels(units) if labels is None else labels
    if isinstance(figure, Ratio):
        above = by_category(figure.numerator, name, units, period, labels)
        below = by_category(figure.denominator, name, units, period, labels)
        return {
            value: _ratio(figure, above[value], below[value], units, period, ((name, value),))
            for value in map(str, labels)
        }
    rows, path = category.spread(evidence(code, units, period), period)
    found = _by_text(grouped(figure, rows, period, path))
    return {
        str(value): Reading(
            figure, units, period, found.get(str(value), 0), category=((name, str(value)),)
        )
        for value in labels
    }


def cross(code: str, first: str, second: str, units, period: Period) -> dict[tuple, Reading]:
    """One reading for each pair of choices of two categories, zeros included, by one query."""
    figure, units = figures[code], frozenset(units)
    rows, one = figure.categories[first].spread(evidence(code, units, period), period)
    rows, other = figure.categories[second].spread(rows, period)
    found = _by_text(grouped(figure, rows, period, one, other))
    return {
        pair: Reading(
            figure,
            units,
            period,
            found.get(pair, 0),
            category=tuple(sorted(zip((first, second), pair, strict=True))),
        )
        for pair in product(
            map(str, figure.categories[first].labels(units)),
            map(str, figure.categories[second].labels(units)),
        )
    }


@dataclass(frozen=True)
class Cube:
    """A figure of persons divided by several things at once, units among them: any corner of it, and any
    sum over some of them, without another query. Nobody is counted twice in a sum."""

    figure: Figure
    units: frozenset[int]
    period: Period
    names: tuple[str, ...]
    members: Mapping[tuple, set]

    def labels(self, name: str) -> dict[str, str]:
        """By value the choices of one of the categories; what the rows are called that have none of them,
        only where there are such."""
        found = labels([self.figure.code], name, self.units)
        if Category.UNSTATED in found and not self.at(**{name: Category.UNSTATED}).value:
            del found[Category.UNSTATED]
        return found

    def at(self, **chosen) -> Reading:
        """The reading where the named things have these values, over all values of the others."""
        key = tuple(str(chosen.pop(name)) if name in chosen else None for name in self.names)
        if chosen:
            raise KeyError(f"{self.figure.code} is not divided here by {sorted(chosen)}")
        where = {n: v for n, v in zip(self.names, key, strict=True) if v is not None}
        unit = where.pop("unit", None)
        units = frozenset({int(unit)}) if unit else self.units
        value = len(self.members.get(key, ()))
        return Reading(
            self.figure, units, self.period, value, category=tuple(sorted(where.items()))
        )


def cube(code: str, names: Iterable[str], units, period: Period) -> Cube:
    """The figure of persons, or of rows, divided by all of ``names`` (categories, or "unit"), by one query."""
    figure, units, names = figures[code], frozenset(units), tuple(names)
    if not isinstance(figure.value, Distinct | Count):
        raise ValueError(f"{code} counts neither persons nor rows")
    counted = figure.value.path if isinstance(figure.value, Distinct) else "pk"
    rows, paths = evidence(code, units, period), []
    for name in names:
        path = figure.unit
        if name != "unit":
            rows, path = figure.categories[name].spread(rows, period)
        paths.append(path)
    members: dict[tuple, set] = {}
    found = rows.order_by().values_list(counted, *paths).distinct()
    for member, *values in found:
        told = [(None, str(value)) for value in values]
        for corner in product(*told):
            members.setdefault(corner, set()).add(member)
    return Cube(figure, units, period, names, members)


def _by_text(found: dict) -> dict:
    """With the keys as the categories' choices are told in an address."""
    return {
        tuple(map(str, key)) if isinstance(key, tuple) else str(key): value
        for key, value in found.items()
    }


def grouped(figure: Counted, rows: QuerySet, period: Period, *paths: str) -> dict:
    """The figure's value in each group of ``rows``; keys are tuples where there are several paths."""
    groups = rows.order_by().values_list(*paths).annotate(value=figure.value.aggregate(period))
    return {key[0] if len(paths) == 1 else tuple(key): value or 0 for *key, value in groups}


def _ratio(figure, numerator, denominator, units, period, category=()) -> Reading:
    """Unrounded; None when there is nothing to divide by."""
    value = figure.quotient(numerator.value, denominator.value)
    return Reading(figure, units, period, value, numerator, denominator, category)


def as_of(period: Period, today: date) -> date:
    """The day up to which the records can tell: the period's end, or today if it still runs."""
    return min(period.end, today)

"""The ways in which figures measure the rows that they count: a number, persons, sums, hours, tonnes.

Each says twice what it counts: ``aggregate`` of all rows at once, ``of_row`` of each alone; ``combined``
makes of the latter what the former tells.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest, Least, Round
from django.utils import timezone

from portal.periods import Period


class Rows(Enum):
    """What the rows of a figure make together."""

    ADD = "add"  # what each adds
    DIFFER = "differ"  # how many different keys they have: persons, households
    HIGHEST = "highest"  # the highest that one of them says


class Measured:
    """How a counted value is told where it is no whole number: with how many decimals, and whether
    running text leaves them out where they are noughts (500元 for 500.00). ``of_period``: the value of
    a row depends on the period that is asked. ``row_measure`` is the measure of a single row where it is
    not the figure's, as minutes are of hours."""

    places, shortens = 2, True
    of_period = False
    rows = Rows.ADD
    row_measure = ""

    def of_row(self, period: Period):
        """What one row adds, the key by which it counts, or what it says, as ``rows`` has it."""
        raise NotImplementedError

    def combined(self, told: Iterable) -> int | Decimal:
        """The value of rows of which each told ``of_row``; empty ones tell nothing."""
        told = [each for each in told if each is not None]
        match self.rows:
            case Rows.DIFFER:
                return len(set(told))
            case Rows.HIGHEST:
                return max(told, default=0)
        return self.finished(sum(told))

    def finished(self, total: int | Decimal) -> int | Decimal:
        """A sum of rows in the figure's own measure."""
        return total

    def summed(self, among: Q | None = None):
        """The sum of what rows add, not ``finished`` yet; of values whose ``rows`` add alone."""
        return models.Sum(self.of_row(None), filter=among)


@dataclass(frozen=True)
class Count(Measured):
    """Rows: 件, 人次, 次. Every measure may count only the rows ``among`` those that are asked."""

    def of_row(self, period: Period):
        return Value(1)

    def aggregate(self, period: Period | None, among: Q | None = None):
        return models.Count("pk", filter=among)

    def summed(self, among: Q | None = None):
        return self.aggregate(None, among)


@dataclass(frozen=True)
class Distinct(Measured):
    """Different values at a path: 人, 户. Not additive over months or units."""

    path: str
    rows = Rows.DIFFER

    def of_row(self, period: Period):
        return F(self.path)

    def aggregate(self, period: Period, among: Q | None = None):
        return models.Count(self.path, distinct=True, filter=among)


@dataclass(frozen=True)
class DistinctPairs(Distinct):
    """Different pairs of values at two paths: 人天, each person's day once however much was done on it."""

    second: str = field(kw_only=True)

    def of_row(self, period: Period):
        return self._pair("(%(expressions)s)::text")

    def aggregate(self, period: Period, among: Q | None = None):
        return models.Count(self._pair("(%(expressions)s)"), distinct=True, filter=among)

    def _pair(self, template: str) -> Func:
        both = F(self.path), F(self.second)
        return Func(*both, template=template, output_field=models.TextField())


@dataclass(frozen=True)
class Total(Measured):
    """Sum of a whole-number field: 份, 人次; rows without a value add nothing."""

    path: str

    def of_row(self, period: Period):
        return F(self.path)

    def aggregate(self, period: Period, among: Q | None = None):
        return models.Sum(self.of_row(period), filter=among)


@dataclass(frozen=True)
class Difference(Total):
    """Sum of a whole-number field less another one of the same row; rows without either add nothing."""

    less: str = field(kw_only=True)

    def of_row(self, period: Period):
        return F(self.path) - F(self.less)


@dataclass(frozen=True)
class Amount(Total):
    """Sum of money (元), kept in cents."""


@dataclass(frozen=True)
class Hours(Amount):
    """Sum of a field of minutes, told in hours with two decimals, rounded once, after the sum."""

    row_measure = "分钟"

    def aggregate(self, period: Period, among: Q | None = None):
        total = super().aggregate(period, among)
        minutes = Cast(total, models.DecimalField(max_digits=14, decimal_places=4))
        return Round(minutes / 60, 2)

    def finished(self, total):
        return (Decimal(total) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Kilograms(Amount):
    """Sum of a field of kilograms with one decimal."""

    places = 1


@dataclass(frozen=True)
class Tonnes(Amount):
    """Sum of a field of whole kilograms, told in tonnes: always with three decimals, so that no kilogram
    is lost and sums of columns agree."""

    places, shortens = 3, False
    row_measure = "公斤"

    def aggregate(self, period: Period, among: Q | None = None):
        total = super().aggregate(period, among)
        kilograms = Cast(total, models.DecimalField(max_digits=17, decimal_places=3))
        return Round(kilograms / 1000, 3)

    def finished(self, total):
        return (Decimal(total) / 1000).quantize(Decimal("0.001"), ROUND_HALF_UP)


@dataclass(frozen=True)
class DaysOfPeriod(Distinct):
    """The days of the period, up to today where it still runs, if there is any row; 0 else. ``path`` is
    any field that is never empty. Not additive."""

    of_period = True
    rows = Rows.HIGHEST
    row_measure = "天"

    def of_row(self, period: Period):
        last = min(period.end, timezone.localdate())
        days = max((last - period.start).days + 1, 0)
        return Case(When(**{f"{self.path}__isnull": False}, then=Value(days)))

    def aggregate(self, period: Period, among: Q | None = None):
        return models.Max(self.of_row(period), filter=among)


@dataclass(frozen=True)
class DaysWithin(Total):
    """Sum of the days of the period, up to today where it still runs, that the spells lie in: from
    ``path`` to ``until``, both included; an open end lasts. For stocks ``When.DURING``."""

    of_period = True
    until: str = field(kw_only=True)

    def of_row(self, period: Period):
        last = Value(min(period.end, timezone.localdate()), models.DateField())
        first = Value(period.start, models.DateField())
        until = Coalesce(F(self.until), last)
        return Func(
            Least(until, last),
            Greatest(F(self.path), first),
            template="GREATEST(%(expressions)s + 1, 0)",
            arg_joiner=" - ",
            output_field=models.IntegerField(),
        )


@dataclass(frozen=True)
class DaysBetween(Total):
    """Sum of the calendar days from one date of the row, ``path``, to another; rows that lack one of
    them add nothing."""

    until: str = field(kw_only=True)

    def of_row(self, period: Period):
        return Func(
            F(self.until),
            F(self.path),
            template="(%(expressions)s)",
            arg_joiner=" - ",
            output_field=models.IntegerField(),
        )


@dataclass(frozen=True)
class AmountOn(Amount):
    """Sum of money that follows from the row and the period's last day, as a standard then in force
    does; for stocks. ``path`` only names it."""

    of_period = True
    expression: Callable[[Period], object] = field(kw_only=True, repr=False)

    def of_row(self, period: Period):
        return self.expression(period)

"""The ways in which figures measure the rows that they count: a number, persons, sums, hours, tonnes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce, Greatest, Least, Round
from django.utils import timezone

from portal.periods import Period


class Measured:
    """How a counted value is told where it is no whole number: with how many decimals, and whether
    running text leaves them out where they are noughts (500元 for 500.00). ``of_period``: the value of
    a row depends on the period that is asked."""

    places, shortens = 2, True
    of_period = False


@dataclass(frozen=True)
class Count(Measured):
    """Rows: 件, 人次, 次. Every measure may count only the rows ``among`` those that are asked."""

    def aggregate(self, period: Period, among: Q | None = None):
        return models.Count("pk", filter=among)


@dataclass(frozen=True)
class Distinct(Measured):
    """Different values at a path: 人, 户. Not additive over months or units."""

    path: str

    def aggregate(self, period: Period, among: Q | None = None):
        return models.Count(self.path, distinct=True, filter=among)


@dataclass(frozen=True)
class DistinctPairs(Distinct):
    """Different pairs of values at two paths: 人天, each person's day once however much was done on it."""

    second: str = field(kw_only=True)

    def aggregate(self, period: Period, among: Q | None = None):
        pair = Func(
            F(self.path),
            F(self.second),
            template="(%(expressions)s)",
            output_field=models.TextField(),
        )
        return models.Count(pair, distinct=True, filter=among)


@dataclass(frozen=True)
class Total(Measured):
    """Sum of a whole-number field: 份, 人次; rows without a value add nothing."""

    path: str

    def aggregate(self, period: Period, among: Q | None = None):
        return models.Sum(self.path, filter=among)


@dataclass(frozen=True)
class Difference(Total):
    """Sum of a whole-number field less another one of the same row; rows without either add nothing."""

    less: str = field(kw_only=True)

    def aggregate(self, period: Period, among: Q | None = None):
        return models.Sum(F(self.path) - F(self.less), filter=among)


@dataclass(frozen=True)
class Amount(Total):
    """Sum of money (元), kept in cents."""


@dataclass(frozen=True)
class Hours(Amount):
    """Sum of a field of minutes, told in hours with two decimals, rounded once, after the sum."""

    def aggregate(self, period: Period, among: Q | None = None):
        total = models.Sum(self.path, filter=among)
        minutes = Cast(total, models.DecimalField(max_digits=14, decimal_places=4))
        return Round(minutes / 60, 2)


@dataclass(frozen=True)
class Kilograms(Amount):
    """Sum of a field of kilograms with one decimal."""

    places = 1


@dataclass(frozen=True)
class Tonnes(Amount):
    """Sum of a field of whole kilograms, told in tonnes: always with three decimals, so that no kilogram
    is lost and sums of columns agree."""

    places, shortens = 3, False

    def aggregate(self, period: Period, among: Q | None = None):
        total = models.Sum(self.path, filter=among)
        kilograms = Cast(total, models.DecimalField(max_digits=17, decimal_places=3))
        return Round(kilograms / 1000, 3)


@dataclass(frozen=True)
class DaysOfPeriod(Distinct):
    """The days of the period, up to today where it still runs, if there is any row; 0 else. ``path`` is
    any field that is never empty. Not additive."""

    of_period = True

    def aggregate(self, period: Period, among: Q | None = None):
        last = min(period.end, timezone.localdate())
        days = max((last - period.start).days + 1, 0)
        filled = Q(**{f"{self.path}__isnull": False})
        return models.Max(Value(days), filter=filled & among if among is not None else filled)


@dataclass(frozen=True)
class DaysWithin(Total):
    """Sum of the days of the period, up to today where it still runs, that the spells lie in: from
    ``path`` to ``until``, both included; an open end lasts. For stocks ``When.DURING``."""

    of_period = True
    until: str = field(kw_only=True)

    def aggregate(self, period: Period, among: Q | None = None):
        last = Value(min(period.end, timezone.localdate()), models.DateField())
        first = Value(period.start, models.DateField())
        until = Coalesce(F(self.until), last)
        days = Func(
            Least(until, last),
            Greatest(F(self.path), first),
            template="GREATEST(%(expressions)s + 1, 0)",
            arg_joiner=" - ",
            output_field=models.IntegerField(),
        )
        return models.Sum(days, filter=among)


@dataclass(frozen=True)
class DaysBetween(Total):
    """Sum of the calendar days from one date of the row, ``path``, to another; rows that lack one of
    them add nothing."""

    until: str = field(kw_only=True)

    def aggregate(self, period: Period, among: Q | None = None):
        days = Func(
            F(self.until),
            F(self.path),
            template="(%(expressions)s)",
            arg_joiner=" - ",
            output_field=models.IntegerField(),
        )
        return models.Sum(days, filter=among)


@dataclass(frozen=True)
class AmountOn(Amount):
    """Sum of money that follows from the row and the period's last day, as a standard then in force
    does; for stocks. ``path`` only names it."""

    of_period = True
    expression: Callable[[Period], object] = field(kw_only=True, repr=False)

    def aggregate(self, period: Period, among: Q | None = None):
        return models.Sum(self.expression(period), filter=among)

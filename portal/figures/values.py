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
    running text leaves them out where they are noughts (500元 for 500.00)."""

    places, shortens = 2, True


@dataclass(frozen=True)
class Count(Measured):
    """Rows: 件, 人次, 次."""

    def aggregate(self, period: Period):
        return models.Count("pk")


@dataclass(frozen=True)
class Distinct(Measured):
    """Different values at a path: 人, 户. Not additive over months or units."""

    path: str

    def aggregate(self, period: Period):
        return models.Count(self.path, distinct=True)


@dataclass(frozen=True)
class DistinctPairs(Distinct):
    """Different pairs of values at two paths: 人天, each person's day once however much was done on it."""

    second: str = field(kw_only=True)

    def aggregate(self, period: Period):
        pair = Func(
            F(self.path),
            F(self.second),
            template="(%(expressions)s)",
            output_field=models.TextField(),
        )
        return models.Count(pair, distinct=True)


@dataclass(frozen=True)
class Total(Measured):
    """Sum of a whole-number field: 份, 人次; rows without a value add nothing."""

    path: str

    def aggregate(self, period: Period):
        return models.Sum(self.path)


@dataclass(frozen=True)
class Difference(Total):
    """Sum of a whole-number field less another one of the same row; rows without either add nothing."""

    less: str = field(kw_only=True)

    def aggregate(self, period: Period):
        return models.Sum(F(self.path) - F(self.less))


@dataclass(frozen=True)
class Amount(Total):
    """Sum of money (元), kept in cents."""


@dataclass(frozen=True)
class Hours(Amount):
    """Sum of a field of minutes, told in hours with two decimals, rounded once, after the sum."""

    def aggregate(self, period: Period):
        minutes = Cast(models.Sum(self.path), models.DecimalField(max_digits=14, decimal_places=4))
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

    def aggregate(self, period: Period):
        kilograms = Cast(
            models.Sum(self.path), models.DecimalField(max_digits=17, decimal_places=3)
        )
        return Round(kilograms / 1000, 3)


@dataclass(frozen=True)
class DaysOfPeriod(Distinct):
    """The days of the period, up to today where it still runs, if there is any row; 0 else. ``path`` is
    any field that is never empty. Not additive."""

    def aggregate(self, period: Period):
        last = min(period.end, timezone.localdate())
        days = max((last - period.start).days + 1, 0)
        return models.Max(Value(days), filter=Q(**{f"{self.path}__isnull": False}))


@dataclass(frozen=True)
class DaysWithin(Total):
    """Sum of the days of the period, up to today where it still runs, that the spells lie in: from
    ``path`` to ``until``, both included; an open end lasts. For stocks ``When.DURING``."""

    until: str = field(kw_only=True)

    def aggregate(self, period: Period):
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
        return models.Sum(days)


@dataclass(frozen=True)
class DaysBetween(Total):
    """Sum of the calendar days from one date of the row, ``path``, to another; rows that lack one of
    them add nothing."""

    until: str = field(kw_only=True)

    def aggregate(self, period: Period):
        days = Func(
            F(self.until),
            F(self.path),
            template="(%(expressions)s)",
            arg_joiner=" - ",
            output_field=models.IntegerField(),
        )
        return models.Sum(days)


@dataclass(frozen=True)
class AmountOn(Amount):
    """Sum of money that follows from the row and the period's last day, as a standard then in force
    does; for stocks. ``path`` only names it."""

    expression: Callable[[Period], object] = field(kw_only=True, repr=False)

    def aggregate(self, period: Period):
        return models.Sum(self.expression(period))

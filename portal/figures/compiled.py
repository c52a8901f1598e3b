"""The question of a figure, put into SQL once: Django takes longer to build it than PostgreSQL to answer,
and only the units and the days change from one reading to the next.

A question is built with units and days that stand in for those that will be asked, and compiled; asked, the
real ones take their places among its parameters.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet

from portal.periods import Period

KEPT = 4096  # questions, of about 2 kB each
DAY = timedelta(days=1)

# No record lies on these days, no unit has these keys, and no condition of a figure names them.
STAND_IN = Period(date(1003, 3, 3), date(9003, 9, 9))
STAND_IN_YEARS = {STAND_IN.start.year, STAND_IN.end.year}
FIRST_UNIT = -2_000_000_000


def answers(
    build: Callable[..., QuerySet],
    told: tuple,
    units: frozenset[int],
    period: Period,
    *,
    keep: bool = True,
) -> list[tuple]:
    """The rows of ``build(*told, units, period)``, a query of values. What is kept may depend on nothing
    else: ``told`` holds the day where the question changes with it, and the period where more of it than
    its first and last day, and the day before, stands in the question."""
    if not units:
        return []
    compiled = _compiled if keep else _compiled.__wrapped__
    return compiled(build, told, len(units)).ask(units, period)


@lru_cache(maxsize=KEPT)
def _compiled(build, told: tuple, units: int) -> "Question":
    stand_ins = _stand_in_units(units)
    return Question(build(*told, stand_ins, STAND_IN), stand_ins)


def _stand_in_units(count: int) -> range:
    return range(FIRST_UNIT, FIRST_UNIT + count)


class Question:
    """A query and where its units and days go. Raises ValueError where one of the units is not among its
    parameters, or a day was made into something else on the way."""

    def __init__(self, rows: QuerySet, units: range):
        compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        self.converters = compiler.get_converters(columns)
        stand_ins = {*units, STAND_IN.start - DAY, STAND_IN.start, STAND_IN.end}
        self.places = {
            place: param
            for place, param in enumerate(self.params)
            if type(param) in (int, date) and param in stand_ins
        }
        if not stand_ins.intersection(units) <= set(self.places.values()):
            raise ValueError(f"Units have no place in {self.sql}")
        made_over = [p for p in self.params if isinstance(p, date) and p.year in STAND_IN_YEARS]
        if len(made_over) != sum(isinstance(each, date) for each in self.places.values()):
            raise ValueError(f"A day was made into something else in {self.sql}")

    def ask(self, units: frozenset[int], period: Period) -> list[tuple]:
        """The rows of the answer."""
        real = {
            STAND_IN.start - DAY: period.start - DAY,
            STAND_IN.start: period.start,
            STAND_IN.end: period.end,
            **dict(zip(_stand_in_units(len(units)), sorted(units), strict=True)),
        }
        params = list(self.params)
        for place, stand_in in self.places.items():
            params[place] = real[stand_in]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return [self._converted(row) for row in rows] if self.converters else rows

    def _converted(self, row: tuple) -> tuple:
        """As the fields of Django have it: sums of whole numbers come as decimals otherwise."""
        values = list(row)
        for place, (converters, column) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        return tuple(values)

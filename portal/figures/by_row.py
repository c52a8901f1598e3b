"""What each counted row adds to a figure: the rows of ``engine.evidence``, measured one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.db.models import F

from portal.figures.declare import Counted, Stock, figures
from portal.figures.engine import evidence
from portal.figures.values import Rows
from portal.periods import Period

BATCH = 5000


@dataclass(frozen=True)
class CountedRow:
    """A record that a figure counted. ``day`` is the date by which it counts, of a stock the first day of
    a spell that ends on ``until`` (None: it lasts).

    ``measure`` is what the row adds, or says where the highest counts; None where different ``keys`` are
    counted. A row that reaches several of them has all.
    """

    pk: int
    version: int
    unit: int
    day: date | None
    until: date | None
    measure: int | Decimal | None
    keys: tuple[str, ...] = ()


def rows_of(
    code: str, units: Iterable[int], period: Period, *, only: Iterable[int] | None = None
) -> Iterator[CountedRow]:
    """The rows of a counted figure by key, a batch at a time; with ``only`` those of them with these keys.

    ``combined`` of what they tell is the figure's value. Raises OutOfScope, ValueError for a ratio.
    """
    figure = figures[code]
    if not isinstance(figure, Counted):
        raise ValueError(f"{code} counts no rows of its own")
    rows = evidence(code, units, period).order_by("pk")
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    asked = rows.values_list("pk", "version", *_places(figure), figure.value.of_row(period))
    told = figure.value.rows
    found = (_row(values, told) for values in asked.iterator(chunk_size=BATCH))
    for _, same in groupby(found, attrgetter("pk")):
        yield _joined(list(same), told)


def _places(figure: Counted) -> list[F]:
    if isinstance(figure, Stock):
        return [F(figure.unit), F(figure.starts), F(figure.ends)]
    return [F(figure.unit), F(figure.date), F(figure.date)]


def _row(values: tuple, rows: Rows) -> CountedRow:
    *known, told = values
    if rows is not Rows.DIFFER:
        return CountedRow(*known, 0 if told is None else told)
    return CountedRow(*known, None, () if told is None else (str(told),))


def _joined(same: list[CountedRow], rows: Rows) -> CountedRow:
    """A row that is reached on several ways counts as often as the figure counts it."""
    first = same[0]
    if len(same) == 1:
        return first
    if rows is Rows.DIFFER:
        return replace(first, keys=tuple(dict.fromkeys(key for row in same for key in row.keys)))
    together = max if rows is Rows.HIGHEST else sum
    return replace(first, measure=together(row.measure for row in same))


def combined(code: str, rows: Iterable[CountedRow]) -> int | Decimal:
    """The value of these rows as the figure tells it."""
    value = figures[code].value
    if value.rows is Rows.DIFFER:
        return value.combined(key for row in rows for key in row.keys)
    return value.combined(row.measure for row in rows)

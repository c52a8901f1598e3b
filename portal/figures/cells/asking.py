"""The SQL that counts rows of one fact: the same declarations that the engine counts live by."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import groupby, product
from operator import or_

from django.db.models import Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncMonth

from portal.figures.cells.facts import Stored

Asked = tuple[str, tuple]  # SQL and its parameters
Days = tuple[date, date]
LAST_DAY = "(m.month + interval '1 month' - interval '1 day')::date"


def parties(all_of: Iterable[Stored]) -> Iterator[list[Stored]]:
    """Those that one query can sum: of the same rows, by the same unit and day."""

    def rows(each: Stored):
        return each.fact, each.unit, each.day

    for _, party in groupby(sorted(all_of, key=lambda each: (*rows(each), each.key)), rows):
        yield list(party)


def counted(party: Sequence[Stored], first: str, last: str, unit: str) -> Asked:
    """Sums v0, v1, … of the party's rows from the day ``first`` to ``last`` of ``unit``, all three SQL."""
    figure = party[0].figure
    rows = figure.kept(Q()).filter(
        **{
            f"{figure.date}__gte": RawSQL(first, ()),  # nosec B611 an alias of ours
            f"{figure.date}__lte": RawSQL(last, ()),  # nosec B611 an alias of ours
            figure.unit: RawSQL(unit, ()),  # nosec B611 an alias of ours
        }
    )
    return _summed(rows.annotate(_whole=Value(1)), _measures(party), "_whole", told=())


def counted_in_parts(party: Sequence[Stored], parts: Sequence[Days], units: list[int]) -> Asked:
    """Unit, and for each of the ``parts`` the sums of the party's rows in it: v0, v1, … of the first part,
    and so on. All by one look at the rows, however many parts there are."""
    figure = party[0].figure
    within = [Q(**{f"{figure.date}__range": part}) for part in parts]
    rows = figure.kept(Q()).filter(reduce(or_, within), **{f"{figure.unit}__in": units})
    measures = {
        f"v{place}": each.figure.value.summed(each.figure.where & part)
        for place, (part, each) in enumerate(product(within, party))
    }
    return _summed(rows, measures, figure.unit, told=(figure.unit,))


def counted_everywhere(party: Sequence[Stored]) -> Asked:
    """Unit, month and the sums v0, v1, … of all rows there are."""
    figure = party[0].figure
    rows = figure.kept(Q()).filter(
        **{f"{figure.date}__isnull": False, f"{figure.unit}__isnull": False}
    )
    rows = rows.annotate(_month=TruncMonth(figure.date))
    return _summed(rows, _measures(party), figure.unit, "_month", told=(figure.unit, "_month"))


def _measures(party: Sequence[Stored]) -> dict:
    return {
        f"v{place}": each.figure.value.summed(each.figure.where or None)
        for place, each in enumerate(party)
    }


def _summed(rows, measures: dict, *groups: str, told: tuple[str, ...]) -> Asked:
    asked = rows.order_by().values(*groups).annotate(**measures).values_list(*told, *measures)
    return asked.query.sql_with_params()


def names(sums: int, *before: str) -> str:
    """The columns of so many sums, for an alias."""
    return ", ".join([*before, *(f"v{place}" for place in range(sums))])


def spread(keys: Sequence[object], kind: str, alias: str = "l") -> Asked:
    """The sums of a row as rows (key, value)."""
    told = ", ".join(f"(%s::{kind}, {alias}.v{place}::numeric)" for place in range(len(keys)))
    return f"(VALUES {told})", tuple(keys)

"""The SQL that counts rows of one fact: the same declarations that the engine counts live by."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.db.models import Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncMonth

from portal.figures.cells.facts import Stored

Asked = tuple[str, tuple]  # SQL and its parameters
LAST_DAY = "(m.month + interval '1 month' - interval '1 day')::date"


def parties(all_of: Iterable[Stored]) -> Iterator[list[Stored]]:
    """Those that one query can sum: of the same rows, by the same unit and day."""

    def rows(each: Stored):
        return each.fact, each.unit, each.day

    for _, party in groupby(sorted(all_of, key=lambda each: (*rows(each), each.key)), rows):
        yield list(party)


def counted(party: Sequence[Stored], first: str, last: str, unit="", units=()) -> Asked:
    """Sums v0, v1, … of the party's rows from the day ``first`` to ``last``, both SQL: of the unit that is
    ``unit`` in SQL, or of each of ``units`` behind its key."""
    figure = party[0].figure
    rows = figure.kept(Q()).filter(
        **{f"{figure.date}__gte": RawSQL(first, ()), f"{figure.date}__lte": RawSQL(last, ())}
    )
    if unit:
        rows = rows.filter(**{figure.unit: RawSQL(unit, ())}).annotate(_whole=Value(1))
        return _summed(rows, party, "_whole", told=())
    rows = rows.filter(**{f"{figure.unit}__in": units})
    return _summed(rows, party, figure.unit, told=(figure.unit,))


def counted_everywhere(party: Sequence[Stored]) -> Asked:
    """Unit, month and the sums v0, v1, … of all rows there are."""
    figure = party[0].figure
    rows = figure.kept(Q()).filter(
        **{f"{figure.date}__isnull": False, f"{figure.unit}__isnull": False}
    )
    rows = rows.annotate(_month=TruncMonth(figure.date))
    return _summed(rows, party, figure.unit, "_month", told=(figure.unit, "_month"))


def _summed(rows, party, *groups: str, told: tuple[str, ...]) -> Asked:
    measures = {
        f"v{place}": each.figure.value.summed(each.figure.where or None)
        for place, each in enumerate(party)
    }
    asked = rows.order_by().values(*groups).annotate(**measures).values_list(*told, *measures)
    return asked.query.sql_with_params()


def names(party: Sequence[Stored], *before: str) -> str:
    """The columns that ``counted`` gives, for an alias."""
    return ", ".join([*before, *(f"v{place}" for place in range(len(party)))])


def spread(keys: Sequence[object], kind: str, alias: str = "l") -> Asked:
    """The sums of a row as rows (key, value)."""
    told = ", ".join(f"(%s::{kind}, {alias}.v{place}::numeric)" for place in range(len(keys)))
    return f"(VALUES {told})", tuple(keys)

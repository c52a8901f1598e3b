"""The pages of a list: first the keys of one page, by as little as orders them, then its rows.

Asked at once, a page reads and joins all rows of the list before it sorts them: 260,000 buffers for 80,000
visits of a street. A list by day over several units takes each unit's latest from its own index and merges
those.
"""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from portal.wall.classes import Own

LATEST_FIRST = ("-occurred_on", "-pk")
DEEPEST = 3000  # rows from the beginning; further down all units' rows are sorted
_MERGED = """
SELECT latest.pk FROM unnest(%s::bigint[]) AS each_unit(id) CROSS JOIN LATERAL ({latest}) AS latest(pk, day)
ORDER BY latest.day DESC, latest.pk DESC LIMIT %s OFFSET %s
"""


class Pages(Paginator):
    """Of ordered rows; ``units`` are all in which rows can lie, where the rows name theirs."""

    def __init__(self, rows: QuerySet, per_page: int, *, units=()):
        super().__init__(rows, per_page)
        self.units = sorted(units)

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self._keys(first, first + self.per_page)
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)

    def _keys(self, first: int, last: int):
        rows = self.object_list.select_related(None)
        if last <= DEEPEST and len(self.units) > 1 and merges(rows):
            return _merged(rows, self.units, first, last)
        return rows.values("pk")[first:last]


def merges(rows: QuerySet) -> bool:
    """Whether the latest first are asked of records that lie in units of their own and have the index."""
    model = rows.model
    return (
        tuple(rows.query.order_by) == LATEST_FIRST
        and type(getattr(model, "wall", None)) is Own
        and not rows.query.annotations
        and any(list(index.fields[:2]) == ["unit", "occurred_on"] for index in model._meta.indexes)
    )


def _merged(rows: QuerySet, units: list[int], first: int, last: int) -> RawSQL:
    own = rows.filter(unit=RawSQL("each_unit.id", ())).values_list("pk", "occurred_on")[:last]
    latest, parameters = own.query.sql_with_params()
    return RawSQL(  # noqa: S611  # nosec B611 the ORM's text and ours
        _MERGED.format(latest=latest), (units, *parameters, last - first, first)
    )

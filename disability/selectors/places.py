"""Where a person belonged on a day: the grid of the residency spell, not the one of today."""

from dataclasses import dataclass

from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from portal.figures.categories import GridCategory
from residents.models import ResidencySpell


def _grid_on(day):
    """The grid in which the row's resident lived on the day, within the row's own unit."""
    spells = ResidencySpell.objects.kept().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        resident=OuterRef("resident"),
        unit=OuterRef("unit"),
        starts_on__lte=day,
        grid__isnull=False,
    )
    return spells.order_by("-starts_on").values("grid")[:1]


@dataclass(frozen=True)
class GridOfResident(GridCategory):
    """By the grid of the row's resident on the period's last day. Certificates and files lie in no
    grid themselves: who moves to another grid takes them along from that day."""

    path: str = "_grid"

    def narrowed(self, rows, value, period):
        rows, path = self.spread(rows, period)
        return rows.filter(**{path: value})

    def spread(self, rows, period):
        grid = Cast(Subquery(_grid_on(period.end)), CharField())
        return rows.annotate(_grid=Coalesce(grid, Value(self.NOWHERE))), "_grid"

"""Who sweeps what on a day: cleaners in service, their grids, and the grids that nobody sweeps."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q

from portal.models import Unit
from portal.models.units import UnitKind
from sanitation.models import Cleaner, CleanerLeave, GridAssignment

GRID = Q(kind=UnitKind.GRID)


def in_service(day: date, path: str = "") -> Q:
    """Cleaners on their post on the day, the last one included; ``path`` leads to the cleaner."""
    still = Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}ends_on__gte": day})
    begun = {f"{path}starts_on__lte": day, f"{path}deleted_at__isnull": True}
    return still & Q(**begun)


def held(day: date):
    """Assignments of the day to cleaners who are in service then."""
    return GridAssignment.objects.in_force(day).filter(in_service(day, "cleaner__"))


def away(day: date):
    """Leaves of the day for which nobody stands in."""
    return CleanerLeave.objects.in_force(day).filter(substitute="")


def _of_grid(rows):
    return Exists(rows.filter(grid=OuterRef("pk")))


def _present(day: date):
    return held(day).exclude(Exists(away(day).filter(cleaner=OuterRef("cleaner"))))


def covered(day: date) -> Q:
    """Grids that have a cleaner."""
    return GRID & Q(_of_grid(held(day)))


def uncovered(day: date) -> Q:
    """Grids without a cleaner."""
    return GRID & ~Q(_of_grid(held(day)))


def unattended(day: date) -> Q:
    """Grids that have cleaners, all of them on leave, with nobody standing in."""
    return covered(day) & ~Q(_of_grid(_present(day)))


def grids_where(condition: Q, communities, day: date):
    """The grids of these communities on the day, by code."""
    rows = Unit.objects.filter(condition, parent__in=communities).valid_on(day)
    return rows.select_related("parent").order_by("code")


@dataclass
class Line:
    """A grid on a day: who is assigned to it, and who of them is away and why."""

    grid: Unit
    assigned: list[tuple[GridAssignment, CleanerLeave | None]] = field(default_factory=list)

    @property
    def is_uncovered(self) -> bool:
        return not self.assigned

    @property
    def is_unattended(self) -> bool:
        return bool(self.assigned) and all(
            leave and not leave.substitute for _, leave in self.assigned
        )


def lines_of(communities, day: date) -> dict[Unit, list[Line]]:
    """Every grid of these communities with its cleaners, by community; one without grids has none."""
    lines = {grid.pk: Line(grid) for grid in grids_where(GRID, communities, day)}
    leaves = {
        leave.cleaner_id: leave
        for leave in CleanerLeave.objects.in_force(day).filter(community__in=communities)
    }
    rows = held(day).filter(grid__in=lines).select_related("cleaner")
    for row in rows.order_by("starts_on", "cleaner__name", "pk"):
        lines[row.grid_id].assigned.append((row, leaves.get(row.cleaner_id)))
    found = defaultdict(list)
    for line in lines.values():
        found[line.grid.parent].append(line)
    return dict(found)


def cleaners_on(communities, day: date):
    """In service on the day, by community and name."""
    rows = Cleaner.objects.filter(in_service(day), community__in=communities)
    return rows.select_related("community").order_by("community__code", "name", "pk")

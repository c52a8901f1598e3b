"""The rows of a table by unit: what stood right below a unit in a period."""

from dataclasses import dataclass

from portal.models import Unit, UnitChange
from portal.models.units import UnitKind
from portal.summaries import Telling


@dataclass(frozen=True)
class Branch:
    """One row. ``own`` marks what the telling unit recorded itself."""

    name: str
    units: frozenset[int]
    own: bool = False


def branches(telling: Telling) -> list[Branch]:
    """The units right below that existed in the period, by code, then the unit itself.

    A former unit keeps a row of its own, so nothing is counted in two rows. A community has no
    rows: its records carry its grids as a mark, not as their unit.
    """
    period = telling.period
    children = [
        child
        for child in Unit.objects.filter(parent=telling.unit).exclude(kind=UnitKind.GRID)
        if (child.valid_from is None or child.valid_from <= period.end)
        and (child.valid_to is None or child.valid_to >= period.start)
    ]
    if not children:
        return []
    names = _names_on(children, period.end)
    found = [
        Branch(names[child.pk], units & telling.units)
        for child, units in zip(children, _reaches(children), strict=True)
    ]
    own = telling.units.difference(*(branch.units for branch in found))
    return [*(branch for branch in found if branch.units), Branch("本级", own, own=True)]


def _reaches(children) -> list[frozenset[int]]:
    """Each child with all units below it."""
    parents = dict(
        Unit.objects.within([child.pk for child in children]).values_list("pk", "parent")
    )

    def top(pk):
        while parents.get(pk) in parents:
            pk = parents[pk]
        return pk

    return [frozenset(pk for pk in parents if top(pk) == child.pk) for child in children]


def _names_on(units, day) -> dict[int, str]:
    """Names in force on ``day``: the first later renaming tells the old one."""
    names = {unit.pk: unit.name for unit in units}
    later = UnitChange.objects.filter(
        kind=UnitChange.Kind.RENAME, unit__in=names, effective_on__gt=day
    ).order_by("-effective_on", "-pk")
    names.update(later.values_list("unit", "old_name"))
    return names

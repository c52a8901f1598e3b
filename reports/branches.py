"""The rows of a table by unit: what stood right below a unit, or in a group, in a period."""

from dataclasses import dataclass

from portal.models import Unit
from portal.models.units import UnitKind, names_on
from portal.summaries import Telling


@dataclass(frozen=True)
class Branch:
    """One row: the unit ``pk`` with all below it. ``own`` marks what the telling unit recorded itself."""

    name: str
    units: frozenset[int]
    own: bool = False
    pk: int = 0
    kind: str = ""


def branches(telling: Telling) -> list[Branch]:
    """The units right below that existed in the period, by code, then the unit itself; of a group its
    members alone.

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
    names = names_on(children, period.end)
    found = [
        Branch(names[child.pk], units & telling.units, pk=child.pk, kind=child.kind)
        for child, units in zip(children, _reaches(children), strict=True)
    ]
    found = [branch for branch in found if branch.units]
    own = telling.units.difference(*(branch.units for branch in found))
    return [*found, Branch("本级", own, own=True)] if own else found


def below_word(found: list[Branch]) -> str:
    """What the units right below are called together: 社区, or 街道 of a district."""
    kinds = {branch.kind for branch in found if not branch.own}
    return UnitKind(kinds.pop()).label if len(kinds) == 1 else "单位"


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

"""Who adds up to a street: its communities, each with the former units that it took over, and itself."""

from portal.models import UnitChange
from portal.summaries import Telling
from reports.branches import Branch, branches


def parties(telling: Telling) -> list[Branch]:
    """As the communities count themselves: with the records of the units that they succeeded. So after a
    split one former unit's records are in several; ``own`` is what lies in none of them."""
    found = branches(telling)
    taken_over = list(
        UnitChange.objects.filter(unit__in=telling.units, successor__isnull=False).values_list(
            "unit", "successor"
        )
    )
    if not taken_over:
        return found
    reach = {branch.pk: set(branch.units) for branch in found if not branch.own}
    own = {branch.pk: branch.units for branch in found if not branch.own}
    for _ in taken_over:  # a former unit may itself have succeeded another
        for former, successor in taken_over:
            for units in reach.values():
                if successor in units:
                    units |= own.get(former, {former})
    gone = {former for former, _ in taken_over}
    kept = [
        Branch(branch.name, frozenset(reach[branch.pk]), pk=branch.pk, kind=branch.kind)
        for branch in found
        if not branch.own and branch.pk not in gone
    ]
    rest = telling.units.difference(*(branch.units for branch in kept))
    return [*kept, Branch("本级", rest, own=True)] if rest else kept

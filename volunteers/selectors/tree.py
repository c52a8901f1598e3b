"""The tree of organisations as of a day, with how many belonged to each."""

from dataclasses import dataclass, field
from datetime import date

from portal.figures import engine
from portal.periods import Period
from portal.scope import access_of
from volunteers.enums.organisations import OrgKind
from volunteers.models import VolunteerOrg
from volunteers.selectors.volunteers import orgs_on

ORDER = {kind: place for place, kind in enumerate(OrgKind)}


@dataclass
class Node:
    """``members`` are the organisation's own on the day, ``below`` those of its parts together; a
    person in two parts counts in both. Of an organisation above the user's units, not ``counted``,
    only a part is known."""

    org: VolunteerOrg
    members: int
    counted: bool
    children: list["Node"] = field(default_factory=list)

    @property
    def below(self) -> int:
        return sum(child.members + child.below for child in self.children)


def tree_on(user, day: date) -> list[Node]:
    """The roots that the user sees; one whose parent is gone or out of sight is a root."""
    units = access_of(user).units("volunteers.view")
    rows = orgs_on(day, VolunteerOrg.objects.visible_to(user)).select_related("unit")
    found = engine.by_category("volunteers.memberships", "org", units, Period(day, day))
    nodes = {}
    for org in sorted(rows, key=lambda org: (ORDER[org.kind], org.unit.code, org.name, org.pk)):
        reading = found.get(str(org.pk))
        nodes[org.pk] = Node(org, reading.value if reading else 0, org.unit_id in units)
    roots = []
    for node in nodes.values():
        parent = nodes.get(node.org.parent_id)
        (parent.children if parent else roots).append(node)
    return roots

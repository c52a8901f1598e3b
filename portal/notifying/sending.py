"""Telling accounts in the app: who is told, and the rows. Called by services, within their transaction."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from portal.models import Notification, RoleAssignment, Unit, User
from portal.notifying.kinds import kinds
from portal.roles import DUTIES
from portal.scope import current_scope


def roles_with(*permissions: str) -> list[str]:
    """The roles that hold all of these."""
    return [role for role, duty in DUTIES.items() if duty.permissions.issuperset(permissions)]


def holding(
    permissions: str | Iterable[str], units: Iterable[int], *, but=None
) -> dict[int, list[User]]:
    """By unit, who holds all the permissions there today, ``but`` one: the accounts of the unit itself, and
    where it has none those of the nearest unit above. A street is not told what its communities are there
    for."""
    wanted = (permissions,) if isinstance(permissions, str) else tuple(permissions)
    lines = _lines(units)
    every = {above for line in lines.values() for above in line}
    rows = RoleAssignment.objects.valid_on(timezone.localdate()).filter(
        role__in=roles_with(*wanted), unit__in=every, user__is_active=True
    )
    if but is not None:
        rows = rows.exclude(user=but)
    people = defaultdict(dict)
    for row in rows.select_related("user").order_by("user_id"):
        people[row.unit_id][row.user_id] = row.user
    return {
        unit: next((list(people[each].values()) for each in line if people[each]), [])
        for unit, line in lines.items()
    }


def _lines(units: Iterable[int]) -> dict[int, list[int]]:
    """By unit, itself and the units above it, the nearest first."""
    found = Unit.objects.filter(pk__in=set(units)).values_list(
        "pk", "parent", "parent__parent", "parent__parent__parent"
    )
    return {line[0]: [pk for pk in line if pk] for line in found}


def holders(permissions: str | Iterable[str], unit: int, *, but=None) -> list[User]:
    """``holding`` of one unit."""
    return holding(permissions, [unit], but=but).get(unit, [])


def notify(
    kind: str, *, to: Iterable[User], url: str, unit: int | None = None, by=None, once="", **words
) -> int:
    """Tell each of ``to`` once, but not ``by`` who did it; how many rows were offered.

    ``words`` fill the places of the kind's sentence. With ``once`` an account that was told under this
    key is not told again. What commands bring in (registers of the past, examples) is no news.
    """
    if current_scope().actor.startswith("command:"):
        return 0
    told = kinds[kind].told(**words)
    people = {user.pk for user in to if user.is_active and user.pk != getattr(by, "pk", None)}
    rows = [
        Notification(user_id=pk, unit_id=unit, kind=kind, text=told, url=url, once=once)
        for pk in sorted(people)
    ]
    # Without conflicts told: whoever writes for another account does not see the row.
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)

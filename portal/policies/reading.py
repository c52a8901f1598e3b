"""The value in force of each policy, kept in the process for some seconds."""

from collections.abc import Mapping
from time import monotonic

from django.db import transaction

from portal.models import SecurityPolicy
from portal.policies.declared import POLICIES, factor_of
from portal.roles import ADMINISTRATORS, Role

KEPT_FOR = 3.0  # seconds until a change made in another process is seen


class _Kept:
    """The values that differ from the defaults, and until when they are believed."""

    def __init__(self):
        self.values: Mapping[str, int] = {}
        self.until = 0.0


_kept = _Kept()


def policy(name: str) -> int | bool:
    """The value in force. Raises KeyError for a policy that is not declared."""
    declared = POLICIES[name]
    value = _stored().get(name)
    return declared.default if value is None else declared.kind.within(value)


def needs_second_factor(role: Role) -> bool:
    return role in ADMINISTRATORS or bool(policy(factor_of(role)))


def _stored() -> Mapping[str, int]:
    if monotonic() < _kept.until:
        return _kept.values
    values = SecurityPolicy.objects.in_force()
    keep(values, monotonic() + KEPT_FOR)
    return values


def keep(values: Mapping[str, int], until: float) -> None:
    """Believe these values until that monotonic time."""
    _kept.values, _kept.until = values, until


def forget() -> None:
    """Ask the database next time; now, and once more when what was written here is committed, since
    another thread may have read the old value meanwhile."""
    keep({}, 0.0)
    transaction.on_commit(lambda: keep({}, 0.0))

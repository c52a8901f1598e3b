"""Who acts, and for which units: one value for the code and, by set_config, for the database.

The settings are local to the transaction, because a pooled connection would hand anything that
outlives it to the next request. No scope means no rows.
"""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection, transaction
from django.utils import timezone

from portal.errors import OutOfScope
from portal.models.units import Unit
from portal.request_ids import present_or_new
from portal.roles import ADMINISTRATORS, DOMAINS, DUTIES, OWN_ONLY, Role


class Denied(Exception):
    """The user may not do this; the message is for them, in Chinese."""


@dataclass(frozen=True)
class Scope:
    """``units`` may be read and written; ``above`` are their ancestors, read in *down* tables.

    ``actor`` is user:<id>, volunteer:<id> (by their own link), job:<name>, command:<name>, or anonymous.
    """

    units: frozenset[int]
    above: frozenset[int]
    actor: str
    request: str = field(default_factory=present_or_new)

    @property
    def account(self) -> int | None:
        """The key of the account that acts; None for jobs, commands and volunteers."""
        kind, _, key = self.actor.partition(":")
        return int(key) if kind == "user" else None

    def require(self, unit_ids) -> None:
        """Raise OutOfScope unless every unit is inside."""
        foreign = set(unit_ids) - self.units
        if foreign:
            raise OutOfScope(f"units {sorted(foreign)} are outside the scope of {self.actor}")


NOBODY = Scope(frozenset(), frozenset(), "anonymous")
NOWHERE = Scope(frozenset(), frozenset(), "", "")  # before any scope: not even a write is allowed
_current: ContextVar[Scope] = ContextVar("scope", default=NOWHERE)


def current_scope() -> Scope:
    return _current.get()


# Asked at every request, so each is one plain question.
_NEXT = """
    SELECT id FROM portal_unit WHERE parent_id = reached.id
    UNION ALL
    SELECT unit_id FROM portal_unitchange WHERE successor_id = reached.id
"""
_BELOW = """
    WITH RECURSIVE reached (id) AS (
        SELECT id FROM portal_unit WHERE id = ANY(%s)
        UNION
        SELECT next.id FROM reached, LATERAL (:next) AS next
    )
    SELECT id FROM reached
""".replace(":next", _NEXT)
_ABOVE = """
    SELECT one.parent_id, two.parent_id, three.parent_id FROM portal_unit AS one
    LEFT JOIN portal_unit AS two ON two.id = one.parent_id
    LEFT JOIN portal_unit AS three ON three.id = two.parent_id
    WHERE one.id = ANY(%s)
"""
_UNIT = [column.attname for column in Unit._meta.concrete_fields]
_HELD = """
    WITH RECURSIVE held AS (
        SELECT id, role, unit_id, valid_from FROM portal_roleassignment
        WHERE user_id = %(user)s AND valid_from <= %(day)s
            AND (valid_to IS NULL OR valid_to >= %(day)s)
    ), reached (top, id) AS (
        SELECT unit_id, unit_id FROM held
        UNION
        SELECT reached.top, next.id FROM reached, LATERAL (:next) AS next
    )
    SELECT held.role, ARRAY(SELECT id FROM reached WHERE top = held.unit_id),
        :unit, :parent
    FROM held JOIN portal_unit AS unit ON unit.id = held.unit_id
    LEFT JOIN portal_unit AS parent ON parent.id = unit.parent_id
    ORDER BY held.valid_from, held.id
""".replace(":next", _NEXT)
for _name in ("unit", "parent"):
    _HELD = _HELD.replace(f":{_name}", ", ".join(f"{_name}.{column}" for column in _UNIT))


def below(units) -> frozenset[int]:
    """The units, all units below them, and the former units that any of these succeeded.

    ``units`` are units or their keys.
    """
    return _named_in(_BELOW, _keys(units))


def above(units) -> frozenset[int]:
    """The ancestors of the units, without the units themselves."""
    keys = _keys(units)
    return _named_in(_ABOVE, keys) - frozenset(keys)


def _keys(units) -> list[int]:
    return [getattr(unit, "pk", unit) for unit in units]


def _named_in(question: str, keys: list[int]) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(question, [keys])
        return frozenset(pk for row in cursor.fetchall() for pk in row if pk)


@dataclass(frozen=True)
class Held:
    """One role in force, at a unit and all that ``reach`` names: the unit and those below it."""

    role: Role
    unit: Unit
    reach: frozenset[int]

    @property
    def unit_id(self) -> int:
        return self.unit.pk


def _unit(columns) -> Unit | None:
    return None if columns[0] is None else Unit.from_db(connection.alias, _UNIT, columns)


def _held(user_id: int, day) -> list[Held]:
    """What the account holds on that day, the oldest first; units know their parents."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"user": user_id, "day": day})
        rows = cursor.fetchall()
    found = []
    for role, reach, *columns in rows:
        unit = _unit(columns[: len(_UNIT)])
        unit.parent = _unit(columns[len(_UNIT) :])
        found.append(Held(Role(role), unit, frozenset(reach)))
    return found


class Access:
    """What one account may do today, and where."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def assignments(self) -> list[Held]:
        if not (self.user.is_authenticated and self.user.is_active):
            return []
        return _held(self.user.pk, timezone.localdate())

    @cached_property
    def _units_by_permission(self) -> dict[str, frozenset[int]]:
        granted = defaultdict(frozenset)
        for assignment in self.assignments:
            for permission in DUTIES[assignment.role].permissions:
                granted[permission] |= assignment.reach
        return granted

    @cached_property
    def permissions(self) -> frozenset[str]:
        """What is held somewhere."""
        return frozenset(name for name, units in self._units_by_permission.items() if units)

    def units(self, permission: str) -> frozenset[int]:
        """Ids of the units where the permission is held."""
        return self._units_by_permission.get(permission, frozenset())

    @property
    def sees_own_alone(self) -> bool:
        """Whether the account is for its person's own page and nothing of the office's."""
        held = self._units_by_permission.keys()
        return bool(held) and held <= OWN_ONLY

    @property
    def administers(self) -> bool:
        """Whether this is one of the three administrators, who see no records."""
        return any(held.role in ADMINISTRATORS for held in self.assignments)

    def may(self, permission: str, unit_id: int | None = None) -> bool:
        """Held at that unit, or anywhere when no unit is named."""
        units = self.units(permission)
        return bool(units) if unit_id is None else unit_id in units

    def check(self, permission: str, unit_id: int | None = None) -> None:
        if not self.may(permission, unit_id):
            raise Denied("您的角色没有这项权限；如确需办理，请联系安全管理员。")

    @cached_property
    def domains_by_units(self) -> dict[frozenset[int], list[str]]:
        """The departments whose records this account sees, by the units where it sees them."""
        found = defaultdict(list)
        for domain in DOMAINS:
            if units := self.units(f"{domain}.view"):
                found[units].append(domain)
        return found

    @cached_property
    def all_units(self) -> frozenset[int]:
        return frozenset().union(*self._units_by_permission.values())

    @cached_property
    def home(self) -> Unit | None:
        """The unit whose work this account mainly does: the first assignment's."""
        return self.assignments[0].unit if self.assignments else None

    def scope(self) -> Scope:
        """The database scope of this account; evaluate it before the transaction begins."""
        return Scope(self.all_units, above(self.all_units), f"user:{self.user.pk}")


def access_of(user) -> Access:
    """The user's access, read once per user object, so once per request."""
    access = getattr(user, "_access", None)
    if access is None:
        access = user._access = Access(user)
    return access


def _settings_of(scope: Scope) -> dict[str, str]:
    def ids(units):
        return ",".join(map(str, sorted(units)))

    return {
        "app.scope": ids(scope.units),
        "app.above": ids(scope.above),
        "app.actor": scope.actor,
        "app.request": scope.request,
    }


def announce(scope: Scope, limits: Mapping[str, str] | None = None) -> None:
    """Tell the database, for the rest of this transaction; with it the ``limits`` that hold as long."""
    if not connection.in_atomic_block:
        raise RuntimeError("a scope is local to a transaction: open one first")
    settings = _settings_of(scope) | dict(limits or {})
    told = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {told}", [each for pair in settings.items() for each in pair])


@contextmanager
def entered(to: Scope):
    """Only the code's side of a scope: for a caller that announces it itself."""
    token = _current.set(to)
    try:
        yield to
    finally:
        _current.reset(token)


@contextmanager
def scope(to: Scope):
    """Act within ``to`` in a transaction (or savepoint) of its own; the former scope returns after."""
    before = current_scope()
    with transaction.atomic():
        with entered(to):
            announce(to)
            yield to
        # Inside an outer transaction the settings would outlive this block.
        announce(before)


def scope_of_units(unit_ids, actor: str) -> Scope:
    """The scope of a command or job that works for these units and all below."""
    units = below(unit_ids)
    return Scope(units, above(units), actor)

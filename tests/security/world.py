"""Two streets, nine identities, and everything that one community can hold, under keys that tell it.

All sequences begin at one number before the community's rows are made, so that the first row of every
table has the same key ``FIRST``: an address with that key names a row of community A, whatever table
its page opens.
"""

from dataclasses import dataclass, field

from django.db import connection
from django.test import Client

from portal.audit.reading import Asked, Entries
from portal.audit.views import EVER
from portal.models import Notification, RoleAssignment
from portal.models.units import UnitKind
from portal.roles import Role
from tests import database, factories
from tests.conftest import _unit, acting_as, as_command, new_user
from tests.factories.everything import rows_of
from tests.security.filling import fill, make
from tests.security.opening import open_the_rest, photographed, summed_up
from tests.security.routes import OF_ALL, ROUTES
from tests.volunteers.public_phone import enter
from volunteers.models import Volunteer

CANARY = "金丝雀"
ROUND = 100_000
_LAST = "SELECT max(last_value) FROM pg_sequences WHERE schemaname IN ('public', 'audit')"
_BEGIN = """
    SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, %s, false)
    FROM pg_sequences WHERE schemaname = 'public' AND sequencename NOT LIKE 'procrastinate%%'
"""


def begin_all_sequences(first: int = 0) -> int:
    """The key that the next row of every table gets; ``first`` begins there again, when all rows from
    there on are undone. Sequences know no transaction: this stays."""
    with database.owner_connection(connection.settings_dict["NAME"]) as owner:
        if not first:
            last = owner.execute(_LAST).fetchone()[0] or 0
            first = (last // ROUND + 1) * ROUND + 1
        owner.execute(_BEGIN, [first])
    return first


@dataclass(frozen=True)
class Town:
    """Community A whose rows are looked for, its neighbours, and the identities by their names.

    ``named`` is what an address names otherwise than by the first key: url name → values."""

    unit: object
    users: dict
    units: dict
    named: dict[str, dict] = field(default_factory=dict)


def new_town() -> Town:
    district = _unit(UnitKind.DISTRICT, "440103000000", "清河区")
    one = _unit(UnitKind.STREET, "440103001000", "春华街道", district)
    two = _unit(UnitKind.STREET, "440103002000", "秋实街道", district)
    a = _unit(UnitKind.COMMUNITY, "440103001001", "明珠社区", one)
    b = _unit(UnitKind.COMMUNITY, "440103001002", "和平社区", one)
    c = _unit(UnitKind.COMMUNITY, "440103002001", "锦绣社区", two)
    staff, supervisor = Role.COMMUNITY_STAFF, Role.STREET_SUPERVISOR
    users = {
        "staff A": new_user(staff, a, "staff_a", name="甲一"),
        "second of A": new_user(staff, a, "second_a", name="甲二"),
        "head A": new_user(Role.COMMUNITY_HEAD, a, "head_a", name="甲三"),
        "trainee of A": new_user(Role.TRAINEE, a, "trainee_a", name="甲四"),
        "staff B": new_user(staff, b, "staff_b", name="乙一"),
        "staff C": new_user(staff, c, "staff_c", name="丙一"),
        "supervisor 1": new_user(supervisor, one, "supervisor_1", name="丁一"),
        "supervisor 2": new_user(supervisor, two, "supervisor_2", name="丁二"),
        "administrator": new_user(Role.SYSTEM_ADMINISTRATOR, district, "admin_d", name="戊一"),
        "security": new_user(Role.SECURITY_ADMINISTRATOR, district, "security_d", name="戊二"),
        "auditor": new_user(Role.AUDIT_ADMINISTRATOR, district, "auditor_d", name="戊三"),
    }
    town = Town(a, users, {"staff A": a, "staff B": b})
    town.named.update(named_from_the_start(a, users["second of A"]))
    return town


def named_from_the_start(unit, user) -> dict[str, dict]:
    """Units, accounts and code tables are there before anything that a community holds."""
    with as_command():
        role = RoleAssignment.objects.get(user=user)
    keys = {"account-": user.pk, "role-": role.pk, "handover-new": user.pk}
    keys |= {"unit-plan": unit.pk, "sanitation-feedback": unit.pk} | dict.fromkeys(OF_ALL, 1)
    return {
        name: {"pk": key}
        for start, key in keys.items()
        for name, route in ROUTES.items()
        if name.startswith(start) and route.names_a_row
    }


def fill_community(town: Town, first: int) -> dict[str, str]:
    """Everything that A can hold, by its first user, the first row of each table under the key ``first``;
    what could not be made, with the reason."""
    unit, user, supervisor = town.unit, town.users["staff A"], town.users["supervisor 1"]
    with acting_as(user):
        make(Notification, CANARY, unit, user)  # before any that a service sends to somebody else
        rows = rows_of(unit, CANARY)
        factories.resident(unit, f"{CANARY}乙")
        photographed(rows["visits"], CANARY, user)
        problems = fill(CANARY, unit, user)
        town.named.update(open_the_rest(first, CANARY, unit, user, town.users["trainee of A"]))
    with acting_as(supervisor):
        town.named.update(summed_up(CANARY, unit.parent, supervisor))
    with acting_as(town.users["auditor"]):
        [newest] = Entries(Asked(*EVER), frozenset({unit.pk}))[0:1]
    town.named["audit-entry"] = {"pk": newest.pk}
    return problems


def phone_of_a_volunteer(town: Town, first: int) -> Client:
    """A browser that came in by the link of the community's first volunteer."""
    client = Client()
    with acting_as(town.users["staff A"]):
        person = Volunteer.objects.get(pk=first)
    enter(client, person)
    return client

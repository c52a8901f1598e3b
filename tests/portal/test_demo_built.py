"""A small demo street that ``manage.py demo`` built: what it says of it, and doing it again."""

import pytest

from portal.demo import world
from portal.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.models import RoleAssignment, Unit, User
from portal.models.units import UnitKind
from portal.scope import scope, scope_of_units
from residents.models import Resident, Visit
from tests.portal.test_demo_command import demo
from tests.sharing import undone_afterwards

# On one worker: the street is built once.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("built"),
    pytest.mark.xdist_group("demo-built"),
]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """What the command printed."""
    with django_db_blocker.unblock(), undone_afterwards():
        yield demo()


def counts() -> tuple[int, int]:
    districts = Unit.objects.filter(kind=UnitKind.DISTRICT).values_list("pk", flat=True)
    with scope(scope_of_units(districts, "command:test")):
        return Resident.objects.count(), Visit.objects.count()


def test_demo_again_changes_nothing(built):
    assert "Demo data built in" in built
    before = counts()
    assert demo() == "The demo street 春华街道 is there already: no change.\n"
    assert counts() == before
    assert min(before) > 0


def test_accounts_are_printed_with_role_and_unit():
    printed = demo(accounts=True).splitlines()
    assert printed[0] == f"Demo accounts, password {DEMO_PASSWORD}:"
    assert len(printed) == 1 + len(DEMO_ACCOUNTS)
    assert "  demo-worker     社区工作人员 · 明珠社区" in printed


def test_every_account_has_its_role_at_its_unit():
    held = RoleAssignment.objects.values_list("user__username", "role", "unit__code")
    assert set(held) == {
        (account.username, account.role, world.STREET[0][:9] + account.unit_suffix)
        for account in DEMO_ACCOUNTS
    }
    assert all(user.check_password(DEMO_PASSWORD) for user in User.objects.all())

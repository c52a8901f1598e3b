"""``manage.py demo`` as a command: where it may build, and the accounts it prints."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from portal.demo import world
from portal.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.models import RoleAssignment, Unit, User
from portal.models.units import UnitKind
from portal.scope import scope, scope_of_units
from residents.models import Resident, Visit
from tests.conftest import as_command

SMALL = 0.002


def demo(**options) -> str:
    out = io.StringIO()
    call_command("demo", stdout=out, **{"scale": SMALL} | options)
    return out.getvalue()


def counts() -> tuple[int, int]:
    districts = Unit.objects.filter(kind=UnitKind.DISTRICT).values_list("pk", flat=True)
    with scope(scope_of_units(districts, "command:test")):
        return Resident.objects.count(), Visit.objects.count()


def unit(code, name):
    with as_command():
        Unit.objects.create(kind=UnitKind.DISTRICT, code=code, name=name)


def test_demo_again_changes_nothing(db):
    assert "Demo data built in" in demo()
    before = counts()
    assert demo() == "The demo street 春华街道 is there already: no change.\n"
    assert counts() == before
    assert min(before) > 0


def test_demo_does_not_stand_beside_real_units(db):
    unit("440103000000", "真实区")
    with pytest.raises(CommandError, match="not demo data") as refusal:
        demo()
    assert refusal.value.returncode == 1
    assert not User.objects.exists()


def test_demo_can_be_forced_beside_real_units(db):
    unit("440103000000", "真实区")
    demo(force=True)
    assert world.exists()


def test_demo_stands_beside_a_case(db):
    unit("449902000000", "案例区")
    demo()
    assert world.exists()


@pytest.mark.parametrize("scale", [0, -1, 1001])
def test_demo_refuses_a_senseless_scale(db, scale):
    with pytest.raises(CommandError) as refusal:
        demo(scale=scale)
    assert refusal.value.returncode == 2


def test_accounts_are_printed_with_role_and_unit(db):
    demo()
    printed = demo(accounts=True).splitlines()
    assert printed[0] == f"Demo accounts, password {DEMO_PASSWORD}:"
    assert len(printed) == 1 + len(DEMO_ACCOUNTS)
    assert "  demo-worker     社区工作人员 · 明珠社区" in printed


def test_accounts_without_demo_are_a_clear_error(db):
    with pytest.raises(CommandError, match="run `demo` first"):
        demo(accounts=True)


def test_every_account_has_its_role_at_its_unit(db):
    demo()
    held = RoleAssignment.objects.values_list("user__username", "role", "unit__code")
    assert set(held) == {
        (account.username, account.role, world.STREET[0][:9] + account.unit_suffix)
        for account in DEMO_ACCOUNTS
    }
    assert all(user.check_password(DEMO_PASSWORD) for user in User.objects.all())


def test_working_days_are_preferred(db):
    first = date(2025, 3, 3)
    here = world.World(1, None, [], {})
    days = [here.day(first, first + timedelta(days=27)) for _ in range(400)]
    assert sum(day.weekday() > 4 for day in days) < 40

"""The demo street that ``manage.py demo`` built: what it says of it, and doing it again."""

import pytest
from django.utils import timezone

from portal.demo import world
from portal.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.figures import engine, figures, together
from portal.models import RoleAssignment, Unit, User
from portal.models.units import UnitKind
from portal.periods import Period
from portal.scope import access_of, scope, scope_of_units
from portal.today.counting import summed, tallies
from portal.today.days import Horizon
from portal.workdays import calendar
from portal.worklists import worklists
from residents.models import Resident, Visit
from tests.portal.test_demo_command import demo

# On one worker: the street is built once.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("built"),
    pytest.mark.xdist_group("demo"),
]


def counts() -> tuple[int, int]:
    districts = Unit.objects.filter(kind=UnitKind.DISTRICT).values_list("pk", flat=True)
    with scope(scope_of_units(districts, "command:test")):
        return Resident.objects.count(), Visit.objects.count()


def test_demo_stands_beside_a_case():
    assert world.exists()


def test_demo_again_changes_nothing(built):
    assert "Demo data built in" in built.printed
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


# --- many records of every kind: what is counted together is what each figure tells alone -----------
def of_the_street(period):
    """(codes, units, period): all figures over the whole demo."""
    districts = Unit.objects.filter(kind=UnitKind.DISTRICT).values_list("pk", flat=True)
    within = scope_of_units(districts, "command:test")
    return within, ([figure.code for figure in figures], within.units, Period.parse(period))


def test_figures_read_together_are_those_read_alone():
    within, (codes, units, period) = of_the_street("2025")
    with scope(within):
        told = together.read_all(codes, units, period)
        assert told == {code: engine.read(code, units, period) for code in codes}
    assert sum(1 for reading in told.values() if reading.value) > 400


def test_figures_by_unit_together_are_those_alone():
    within, (codes, units, period) = of_the_street("2025")
    with scope(within):
        assert together.by_unit(codes, units, period) == {
            code: engine.by_unit(code, units, period) for code in codes
        }


def test_figures_by_month_together_are_those_alone():
    within, (codes, units, period) = of_the_street("2025-03-12..2025-04-20")
    with scope(within):
        assert together.by_month(codes, units, period) == {
            code: engine.by_month(code, units, period) for code in codes
        }


def test_most_figures_share_a_query(django_assert_max_num_queries):
    within, (codes, units, period) = of_the_street("2025")
    with scope(within), django_assert_max_num_queries(len(codes) // 2):
        together.read_all(codes, units, period)


# --- and what is due -------------------------------------------------------------------------------
def test_worklists_counted_together_are_those_counted_alone():
    due = 0
    for account in DEMO_ACCOUNTS:
        access = access_of(User.objects.get(username=account.username))
        with scope(access.scope()):
            asked = {
                each.code: each.for_user(each.rows(units), access.user)
                for each in worklists
                if (units := access.units(each.permission))
            }
            told = counted(asked)
            assert told == {code: rows.count() for code, rows in asked.items()}
        due += sum(map(bool, told.values()))
    assert due > 10


def test_every_worklist_is_counted_over_the_whole_street():
    within, (_, units, _) = of_the_street("2025")
    with scope(within):
        asked = {each.code: each.rows(units) for each in worklists}
        assert counted(asked) == {code: rows.count() for code, rows in asked.items()}


def counted(asked) -> dict[str, int]:
    found = tallies(asked, Horizon(timezone.localdate(), calendar()))
    return {code: summed(found.get(code, {}).values()).total for code in asked}

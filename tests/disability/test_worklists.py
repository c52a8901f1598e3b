"""What is due, as the home page lists it; days are counted from a fixed today."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from disability.worklists.files import a_year_after
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from residents.enums import ApplicationKind, ApplicationState
from tests import factories

TODAY = date(2025, 9, 10)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    noon = datetime(2025, 9, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community, "黄文发")


@pytest.fixture
def due(acting, community):
    """``due(code)``: (what it is, when it is due) of each row."""

    def listed(code, unit=community):
        with acting(unit):
            found = worklists[code]
            return [(found.text(row), found.due(row)) for row in found.rows({unit.pk})]

    return listed


def test_certificates_are_due_a_year_before_they_run_out(acting, community, person, due):
    days = (date(2026, 9, 11), date(2026, 9, 10), date(2025, 9, 10), date(2025, 9, 9))
    with acting(community):
        for number, expires_on in enumerate(days):
            holder = factories.resident(community, f"持证{number}")
            factories.certificate(holder, expires_on=expires_on)
        factories.certificate(person, expires_on=days[3], ended_on=date(2025, 1, 1))
    assert due("disability.expiring") == [
        ("持证3 肢体二级", "2025-09-09（已过期）"),
        ("持证2 肢体二级", "2025-09-10"),
        ("持证1 肢体二级", "2026-09-10"),
    ]


@pytest.mark.parametrize(
    ("day", "later"),
    [(date(2024, 2, 29), date(2025, 2, 28)), (date(2023, 2, 28), date(2024, 2, 28))],
)
def test_a_year_after_the_leap_day_is_the_last_of_february(day, later):
    assert a_year_after(day) == later


def test_amounts_are_asked_of_each_department_for_its_own_rows(acting, community, person, due):
    with acting(community):
        factories.assistance(person, date(2025, 5, 1), amount=None, giver="区残联")
        factories.assistance(person, date(2025, 4, 1), amount=None, domains=["residents"])
        factories.assistance(person, date(2025, 3, 1), amount=0)
    assert due("disability.without_amount") == [("黄文发：区残联", "2025-05-01")]
    assert due("residents.without_amount") == [("黄文发：慰问", "2025-04-01")]


def test_applications_are_due_after_thirty_days(acting, community, person, due):
    with acting(community):
        for waited in (30, 31):
            factories.application(person, TODAY - timedelta(days=waited))
        factories.application(
            person, date(2025, 1, 6), state=ApplicationState.APPROVED, decided_on=date(2025, 1, 9)
        )
        factories.application(
            person,
            TODAY - timedelta(days=40),
            kind=ApplicationKind.TEMPORARY_RELIEF,
            domains=["residents"],
        )
    assert due("disability.pending_insurance") == [("黄文发", "已 31 天")]
    assert due("residents.long_pending") == [("黄文发：临时救助", "已 40 天")]


def test_unvisited_are_those_whom_the_coverage_misses(acting, community, other_community, due):
    with acting(community, other_community):
        people = [factories.resident(community, f"居民{number}") for number in range(5)]
        for person in people[:4]:
            factories.disability_file(person)
        people[3].disability_files.update(closed_on=TODAY)
        factories.visit(people[0], date(2025, 1, 2))
        factories.visit(people[1], date(2024, 12, 31))
        factories.visit(people[2], date(2025, 3, 3), domains=["residents"])
        factories.visit(people[4], date(2025, 3, 3))
    assert due("disability.not_visited") == [("居民1", ""), ("居民2", "")]
    with acting(community):
        period = Period(date(2025, 1, 1), TODAY)
        coverage = engine.read("disability.visit_coverage", {community.pk}, period)
    assert coverage.denominator.value - coverage.numerator.value == 2


def test_deleted_records_are_not_due(acting, community, person, due):
    gone = {"deleted_at": timezone.now()}
    with acting(community):
        factories.certificate(person, expires_on=TODAY, **gone)
        factories.disability_file(person, **gone)
        for domain in ("residents", "disability"):
            factories.assistance(person, amount=None, domains=[domain], **gone)
            factories.application(person, domains=[domain], **gone)
    assert {worklist.code: due(worklist.code) for worklist in worklists} == {
        worklist.code: [] for worklist in worklists
    }


def test_home_page_lists_only_what_is_due_in_the_users_units(
    acting, community, other_community, person, make_user, client_of
):
    with acting(community):
        factories.disability_file(person)
    own = make_user(Role.COMMUNITY_STAFF, community)
    neighbour = make_user(Role.COMMUNITY_STAFF, other_community)
    clerk = make_user(Role.WINDOW_CLERK, community)

    def shown(user):
        return [each["title"] for each in client_of(user).get("/").context["worklists"]]

    assert set(shown(own)) == {"在册残疾人本年尚未走访", "在册残疾人本年尚未做需求调查"}
    assert shown(neighbour) == shown(clerk) == []

"""A case is told to the account into whose hands it is put; 督办 to whoever is to answer."""

from datetime import date, timedelta

import pytest

from portal.models import Notification
from portal.roles import Role
from servicecenter.enums.agents import AgentKind
from servicecenter.enums.cases import CaseState as S
from servicecenter.models import Supervision
from servicecenter.services import cases as services
from servicecenter.services.supervision import supervise
from servicecenter.services.supervision_rounds import run_everywhere
from tests.factories import cases
from tests.servicecenter.casework import given, recent, today

pytestmark = pytest.mark.django_db
MONDAY = date(2025, 3, 10)


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.WINDOW_CLERK, community, name="孙文")


@pytest.fixture
def handler(acting, make_user, community):
    """The account of somebody who carries cases at a station."""
    user = make_user(Role.STATION_HANDLER, community, name="林秋月")
    with acting(community):
        place = cases.station(community)
        agent = cases.agent(
            community, name="林秋月", kind=AgentKind.HANDLER, user=user, station=place
        )
    return user, agent, place


def told(acting, user):
    with acting(user):
        rows = Notification.objects.of(user).order_by("pk")
        return [(row.kind, row.text) for row in rows]


def test_an_assigned_case_is_told_to_its_handler_by_item_and_never_by_applicant(
    acting, community, clerk, handler, make_user
):
    user, agent, place = handler
    other = make_user(Role.STATION_HANDLER, community)
    with acting(clerk):
        case = recent(community, S.ACCEPTED)
        services.act(case, "assign", given("assign", place, handler=agent), by=clerk)
    [(kind, text)] = told(acting, user)
    assert kind == "cases.assigned"
    assert str(case.item) in text
    assert str(case.applicant) not in text
    assert told(acting, other) == []
    assert told(acting, clerk) == []


def test_supervision_by_hand_is_told_to_the_handler(acting, community, handler, make_user):
    user, agent, place = handler
    head = make_user(Role.COMMUNITY_HEAD, community)
    with acting(head):
        case = recent(community, S.HANDLING, handler=agent, station=place)
        supervise([case], ask="请说明", on=today(), by=head)
    assert [kind for kind, _ in told(acting, user)] == ["cases.supervised"]


def test_a_round_tells_once_and_a_step_up_the_next_level(
    acting, community, street, handler, make_user
):
    user, agent, place = handler
    head = make_user(Role.COMMUNITY_HEAD, community)
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    with acting(community):
        cases.case(
            community,
            S.HANDLING,
            due_on=MONDAY - timedelta(days=1),
            handler=agent,
            station=place,
        )
    for day in (MONDAY, MONDAY):
        run_everywhere("job:supervise", day)
    assert [kind for kind, _ in told(acting, user)] == ["cases.supervised"]
    assert told(acting, head) == []
    run_everywhere("job:supervise", MONDAY + timedelta(days=14))
    with acting(community):
        assert Supervision.objects.filter(level="head").exists()
    assert [kind for kind, _ in told(acting, head)] == ["cases.escalated"]
    run_everywhere("job:supervise", MONDAY + timedelta(days=28))
    assert [kind for kind, _ in told(acting, supervisor)] == ["cases.escalated"]

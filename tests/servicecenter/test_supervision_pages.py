"""The pages of 督办: cases at risk, several supervised at once, each person's own work at home."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.roles import Role
from portal.scope import access_of
from portal.workdays import after_workdays
from portal.worklists import worklists
from servicecenter.enums.agents import AgentKind
from servicecenter.enums.cases import CaseState
from servicecenter.enums.supervision import SupervisionState, SupervisionTrigger
from servicecenter.models import Supervision
from tests.factories import cases, redress

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=60)


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, name="陈志远")


def running(unit, due_on, state=CaseState.HANDLING, **fields):
    """A case of twenty working days."""
    item = cases.version(unit, promised_days=20)
    return cases.case(unit, state, item=item, occurred_on=LONG_AGO, due_on=due_on, **fields)


@pytest.fixture
def late_and_near(acting, community):
    with acting(community):
        return {
            "late": running(community, TODAY - timedelta(days=3)),
            "near": running(community, after_workdays(TODAY, 3)),
            "far": running(community, after_workdays(TODAY, 15)),
        }


def test_the_list_at_risk_tells_light_and_who(acting, client_of, community, head, late_and_near):
    with acting(community):
        handler = cases.agent(community, "林秋月", kind=AgentKind.HANDLER)
        near = late_and_near["near"]
        near.handler = handler
        near.save()
    page = client_of(head).get("/servicecenter/at-risk/")
    [row] = page.context["found"]
    assert (row["pk"], row["who"], row["left"]) == (near.pk, "林秋月", "剩 3 个工作日")
    assert [tab["count"] for tab in page.context["tabs"]] == [1, 1]
    [late] = client_of(head).get("/servicecenter/at-risk/?which=late").context["found"]
    assert (late["pk"], late["light"]) == (late_and_near["late"].pk, "超期")
    assert late["left"].startswith("超期")


def test_the_list_asks_as_often_for_many_as_for_few(
    acting, client_of, community, head, late_and_near, django_assert_max_num_queries
):
    with acting(community):
        for _ in range(12):
            running(community, after_workdays(TODAY, 3))
    client = client_of(head)
    with django_assert_max_num_queries(30):
        assert len(client.get("/servicecenter/at-risk/").context["found"]) == 13


def test_those_who_may_not_supervise_see_no_such_list(client_of, make_user, community):
    client = client_of(make_user(Role.STATION_HANDLER, community))
    assert client.get("/servicecenter/at-risk/").status_code == 403
    assert client.get("/servicecenter/supervise/?case=1").status_code == 403


def supervised(client, url, **sent):
    form = client.get(url).context["form"]
    usual = {name: form[name].value() or "" for name in form.fields}
    return client.post(url, {**usual, "_key": str(uuid.uuid4()), **sent})


def test_several_are_supervised_from_the_list_after_a_look(
    acting, client_of, community, head, late_and_near
):
    picked = [late_and_near["late"].pk, late_and_near["near"].pk]
    url = f"/servicecenter/supervise/?case={picked[0]}&case={picked[1]}"
    client = client_of(head)
    looked = supervised(client, url, ask="请本周办结。")
    assert looked.context["confirming"], looked.context["form"].errors
    with acting(community):
        assert not Supervision.objects.exists()
    assert supervised(client, url, ask="请本周办结。", step="confirm").status_code == 302
    with acting(community):
        asked = Supervision.objects.order_by("case__due_on")
        assert [each.case_id for each in asked] == picked
        assert {each.asked_by for each in asked} == {"陈志远"}
    [row] = client.get("/servicecenter/at-risk/").context["found"]
    assert row["supervised"]
    again = supervised(client, url, ask="请本周办结。", step="confirm")
    assert "已有手工督办没有销号" in str(again.context["form"].errors)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"ask": ""}, "ask"),
        ({"ask": "办" * 301}, "ask"),
        ({"ask": "快办", "on": TODAY + timedelta(days=1)}, "on"),
        ({"ask": "快办", "answer_by": TODAY - timedelta(days=1)}, "answer_by"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client_of, head, late_and_near, sent, field):
    url = f"/servicecenter/supervise/?case={late_and_near['late'].pk}"
    assert field in supervised(client_of(head), url, **sent).context["form"].errors


def test_cases_of_another_unit_are_missing_pages(acting, client_of, head, other_community):
    with acting(other_community):
        foreign = running(other_community, TODAY)
    for asked in (f"case={foreign.pk}", "case=987654", "case=x", ""):
        assert client_of(head).get(f"/servicecenter/supervise/?{asked}").status_code == 404


# --- each person's own work ---------------------------------------------------------------------
def listed(user, code) -> list:
    each = worklists[f"servicecenter.{code}"]
    units = access_of(user).units(each.permission)
    return [row.pk for row in each.for_user(each.rows(units), user)] if units else []


@pytest.fixture
def handlers(acting, make_user, community):
    """Two with an account at one station, so that what is given to one is not the other's."""
    users = [make_user(Role.STATION_HANDLER, community) for _ in range(2)]
    with acting(community):
        station = cases.station(community)
        agents = [
            cases.agent(community, name, kind=AgentKind.HANDLER, user=user, station=station)
            for name, user in zip(("林秋月", "周一鸣"), users, strict=True)
        ]
    return users, agents, station


def test_a_handler_finds_the_cases_that_are_given_to_them(acting, community, handlers):
    (first, second), (agent, _), station = handlers
    with acting(community):
        own = running(community, TODAY, station=station, handler=agent)
        of_station = running(community, TODAY, CaseState.ASSIGNED, station=station)
        nobodys = running(community, TODAY)
        sent_up = running(community, TODAY, CaseState.SENT_UP, station=station, handler=agent)
    with acting(first):
        assert listed(first, "to_handle") == [own.pk, nobodys.pk]
        assert listed(first, "to_take") == [of_station.pk]
        assert listed(first, "late_or_near") == [sent_up.pk]
        assert listed(first, "to_accept") == []
    with acting(second):
        assert listed(second, "to_handle") == [nobodys.pk]
        assert listed(second, "to_take") == [of_station.pk]


def test_a_clerk_finds_what_is_to_be_accepted_assigned_and_replied(acting, make_user, community):
    clerk = make_user(Role.WINDOW_CLERK, community)
    with acting(community):
        made = {
            "to_accept": cases.case(community),
            "to_assign": cases.case(community, CaseState.ACCEPTED),
            "to_reply": cases.case(community, CaseState.DECIDED),
            "supplement_over": cases.case(community, CaseState.SUPPLEMENT),
        }
        late = made["to_assign"].given.create(
            unit=community, name="户口簿", due_on=TODAY - timedelta(days=1)
        )
    with acting(clerk):
        for code, case in made.items():
            assert listed(clerk, code) == [case.pk], code
        assert listed(clerk, "materials_late") == [late.pk]
        assert listed(clerk, "to_handle") == []


def test_who_is_to_answer_depends_on_cause_and_level(acting, make_user, community, handlers, head):
    (first, second), (agent, _), _ = handlers
    clerk = make_user(Role.WINDOW_CLERK, community)
    with acting(community):
        case = running(community, TODAY, handler=agent)
        to_handler = redress.supervision(case)
        to_window = redress.supervision(case, trigger=SupervisionTrigger.UNREPLIED)
        to_head = redress.supervision(case, trigger=SupervisionTrigger.OVERDUE, level="head")
        done = redress.supervision(
            case, SupervisionState.ANSWERED, occurred_on=TODAY, trigger="paused",
            level_on=TODAY, reply_by=TODAY, replied_on=TODAY,
        )  # fmt: skip
    wanted = {first: to_handler, clerk: to_window, head: to_head}
    for user, asked in wanted.items():
        with acting(user):
            assert listed(user, "to_answer") == [asked.pk]
    with acting(second):
        assert listed(second, "to_answer") == []
    assert done.pk


def test_bad_ratings_go_from_the_handler_to_the_head_who_is_another(
    acting, community, handlers, head
):
    (first, _), (agent, _), _ = handlers
    with acting(community):
        rated = [redress.rating(redress.replied(community, handler=agent), 1) for _ in range(3)]
        calling, remedy, review = (
            redress.redress(each, state)
            for each, state in zip(rated, ("calling", "remedy", "review"), strict=True)
        )
    with acting(first):
        assert listed(first, "to_call_back") == [calling.pk]
        assert listed(first, "to_redress") == [remedy.pk]
    with acting(head):
        assert listed(head, "to_review") == [review.pk]
    with acting(community):
        review.steps.create(
            unit=community, action="remedy", source="remedy", target="feedback",
            occurred_on=TODAY, recorded_by=head,
        )  # fmt: skip
    with acting(head):
        assert listed(head, "to_review") == []


def test_the_home_page_asks_as_often_for_many_cases(acting, client_of, make_user, community):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))

    def made(count):
        for _ in range(count):
            running(community, TODAY)
            cases.case(community)
            redress.supervision(redress.replied(community))
            redress.redress(community)

    with acting(community):
        made(6)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    with acting(community):
        made(6)
    with CaptureQueriesContext(connection) as many:
        assert "我在办理" in client.get("/").content.decode()
    assert len(many) == len(few)

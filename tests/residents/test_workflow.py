"""Applications and problem items: state × step × role, and what each step asks for."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.roles import Role
from residents.enums import ApplicationState, ProblemState
from residents.workflow import APPLICATION, DECIDED, PROBLEM, SETTLED, UNDECIDED, UNSETTLED
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 10)
LATER = DAY + timedelta(days=5)
A, P = ApplicationState, ProblemState

# What a clerk may do from each state, in words of the paper ledger.
APPLICATION_TABLE = {
    A.PENDING: {"accept", "review", "approve", "refuse", "withdraw"},
    A.ACCEPTED: {"review", "approve", "refuse", "withdraw"},
    A.REVIEWING: {"approve", "refuse", "withdraw"},
    A.APPROVED: {"reopen"},
    A.REFUSED: {"reopen"},
    A.WITHDRAWN: {"reopen"},
}
PROBLEM_TABLE = {
    P.OPEN: {"start", "solve", "hand_up", "give_up"},
    P.WORKING: {"solve", "hand_up", "give_up"},
    P.HANDED_UP: {"solve", "give_up"},
    P.SOLVED: {"reply", "reopen"},
    P.UNSOLVABLE: {"reply", "reopen"},
}
SENT = {
    "agent": "李梅",
    "materials": "身份证复印件",
    "decided_on": "2025-03-15",
    "amount": "",
    "standard": "",
    "note": "材料齐全",
    "owner": "王小明",
    "due_on": "2025-03-20",
    "closed_on": "2025-03-15",
    "result": "已换灯",
    "replied_on": "2025-03-16",
    "handed_to": "春华街道办事处",
}


def application_in(community, state):
    decided = LATER if state in DECIDED else None
    person = factories.resident(community)
    return factories.application(
        person, DAY, state=state, decided_on=decided, domains=["residents"]
    )


def problem_in(community, state):
    settled = {"closed_on": LATER, "result": "已换灯"} if state in SETTLED else {}
    handed = {"handed_to": "街道"} if state == P.HANDED_UP else {}
    return factories.problem(community, DAY, state=state, **settled, **handed)


KINDS = {
    "applications": (APPLICATION, APPLICATION_TABLE, application_in),
    "problems": (PROBLEM, PROBLEM_TABLE, problem_in),
}
CASES = [
    (slug, state, step)
    for slug, (workflow, table, _) in KINDS.items()
    for state in table
    for step in workflow.steps
]


def send(client, slug, row, step, **fields):
    data = {"_key": str(uuid.uuid4()), "versions": f"{row.pk}:{row.version}"} | SENT | fields
    return client.post(f"/ledger/{slug}/{row.pk}/step/{step}/", data)


def test_the_tables_name_every_state():
    assert set(APPLICATION_TABLE) == set(A) == UNDECIDED | DECIDED
    assert set(PROBLEM_TABLE) == set(P) == UNSETTLED | SETTLED


@pytest.mark.parametrize(("slug", "state", "step"), CASES)
def test_a_step_is_taken_from_its_states_and_refused_from_the_others(
    acting, client_of, make_user, community, slug, state, step
):
    workflow, table, make = KINDS[slug]
    with acting(community):
        row = make(community, state)
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    offered = client.get(f"/ledger/{slug}/{row.pk}/").content.decode()
    answer = send(client, slug, row, step)
    with acting(community):
        row.refresh_from_db()
    if step in table[state]:
        assert f"/step/{step}/" in offered
        assert answer.status_code == 302, answer.context["form"].errors
        assert row.state == (workflow.steps[step].target or state)
    else:
        assert f"/step/{step}/" not in offered
        assert answer.status_code == 200
        assert "不能" in answer.content.decode()
        assert (row.state, row.version) == (state, 1)


@pytest.mark.parametrize(
    ("role", "where", "expected"),
    [
        (Role.COMMUNITY_STAFF, "community", 302),
        (Role.WINDOW_CLERK, "community", 302),
        (Role.COMMUNITY_HEAD, "community", 302),
        (Role.STREET_SUPERVISOR, "street", 403),
        (Role.STATION_HANDLER, "community", 403),
        (Role.VOLUNTEER_LEADER, "community", 403),
        (Role.COMMUNITY_STAFF, "other_community", 404),
    ],
)
@pytest.mark.parametrize(("slug", "step"), [("applications", "approve"), ("problems", "solve")])
def test_who_may_take_a_step(
    request, acting, client_of, make_user, community, slug, step, role, where, expected
):
    with acting(community):
        row = KINDS[slug][2](community, "pending" if slug == "applications" else "open")
    client = client_of(make_user(role, request.getfixturevalue(where)))
    assert send(client, slug, row, step).status_code == expected


@pytest.fixture
def staff_client(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


def test_what_a_step_needs_is_asked_for_at_its_field(acting, staff_client, community):
    with acting(community):
        row = problem_in(community, P.OPEN)
    for step, field in (("start", "owner"), ("solve", "result"), ("hand_up", "handed_to")):
        answer = send(staff_client, "problems", row, step, **{field: ""})
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == [field]
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}"
    answer = send(staff_client, "problems", row, "solve", closed_on=tomorrow)
    assert "办结日期不能晚于今天" in answer.content.decode()
    answer = send(staff_client, "problems", row, "solve", closed_on="2025-03-01")
    assert "办结日期不能早于发现日期" in answer.content.decode()


def test_a_step_on_an_older_version_is_told_and_keeps_what_was_typed(
    acting, staff_client, community
):
    with acting(community):
        row = problem_in(community, P.OPEN)
        row.owner = "别人"
        row.save()
    answer = send(staff_client, "problems", row, "solve", versions=f"{row.pk}:1")
    assert answer.status_code == 409
    assert answer.context["form"]["result"].value() == "已换灯"
    assert send(staff_client, "problems", row, "solve", versions="").status_code == 200


def test_reopening_forgets_the_result_of_the_former_end(acting, staff_client, community):
    with acting(community):
        row = problem_in(community, P.SOLVED)
    send(staff_client, "problems", row, "reopen")
    with acting(community):
        row.refresh_from_db()
    assert (row.state, row.closed_on, row.result, row.replied_on) == (P.WORKING, None, "", None)


def test_an_approved_amount_is_kept_and_unknown_steps_are_missing(acting, staff_client, community):
    with acting(community):
        row = application_in(community, A.PENDING)
    send(staff_client, "applications", row, "approve", amount="200", standard="每月 200 元")
    with acting(community):
        row.refresh_from_db()
    assert (row.amount, row.standard, row.decided_on) == (200, "每月 200 元", date(2025, 3, 15))
    assert staff_client.get(f"/ledger/applications/{row.pk}/step/nonsense/").status_code == 404
    assert staff_client.get(f"/ledger/visits/{row.pk}/step/approve/").status_code == 404


def test_the_form_may_not_jump_where_no_step_leads(acting, staff_client, community):
    """From decided the only way is back, by a step that says why."""
    with acting(community):
        row = application_in(community, A.REFUSED)
    data = {
        "_key": str(uuid.uuid4()),
        "version": row.version,
        "resident": row.resident_id,
        "occurred_on": "2025-03-10",
        "kind": row.kind,
        "channel": "window",
        "poverty": "none",
        "state": "approved",
        "decided_on": "2025-03-15",
        "domains": ["residents"],
    }
    answer = staff_client.post(f"/ledger/applications/{row.pk}/edit/", data)
    assert answer.status_code == 302, "over 重新办理 steps lead there"
    assert APPLICATION.leads(A.REFUSED, A.APPROVED)
    assert not PROBLEM.leads(P.WORKING, P.OPEN)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": P.SOLVED},
        {"state": P.SOLVED, "closed_on": DAY},
        {"state": P.OPEN, "closed_on": DAY},
        {"state": P.HANDED_UP},
        {"due_on": DAY - timedelta(days=1)},
    ],
)
def test_the_database_keeps_the_rules_of_problems(acting, community, wrong):
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        factories.problem(community, DAY, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": A.REVIEWING, "decided_on": LATER},
        {"state": A.APPROVED},
        {"state": A.PENDING, "amount": 100},
        {"state": A.APPROVED, "decided_on": LATER, "amount": -1},
    ],
)
def test_the_database_keeps_the_rules_of_applications(acting, community, wrong):
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        factories.application(factories.resident(community), DAY, **wrong)

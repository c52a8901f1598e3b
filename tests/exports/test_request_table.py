"""Requests for full numbers: every act in every state by every kind of person."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from portal.exports import requests
from portal.exports.selection import Selection
from portal.exports.workflow import APPROVER, REQUEST, RequestAction, RequestState
from portal.fields import seal_token
from portal.ledgers import ledgers
from portal.models import ExportRequest
from portal.policies.declared import POLICIES
from portal.policies.services import change
from portal.roles import Role
from portal.scope import Denied
from tests import factories

pytestmark = pytest.mark.django_db

REQUESTER_MAY = {
    RequestState.REQUESTED: {RequestAction.WITHDRAW},
    RequestState.APPROVED: {RequestAction.DOWNLOAD},
}
APPROVER_MAY = {
    RequestState.REQUESTED: {RequestAction.APPROVE, RequestAction.REFUSE},
    RequestState.APPROVED: {RequestAction.REVOKE},
}
PEOPLE = {
    "requester": REQUESTER_MAY,
    "head": APPROVER_MAY,
    "supervisor": APPROVER_MAY,
    "security administrator": APPROVER_MAY,
    "system administrator": {},
    "colleague": {},
    "head of another community": {},
    "supervisor of another street": {},
    "section": {},
    "auditor": {},
}


@pytest.fixture
def people(make_user, staff, head, community, other_community, street, other_street):
    return {
        "requester": staff,
        "head": head,
        "supervisor": make_user(Role.STREET_SUPERVISOR, street),
        "security administrator": make_user(Role.SECURITY_ADMINISTRATOR, street),
        "system administrator": make_user(Role.SYSTEM_ADMINISTRATOR, street),
        "colleague": make_user(Role.COMMUNITY_STAFF, community),
        "head of another community": make_user(Role.COMMUNITY_HEAD, other_community),
        "supervisor of another street": make_user(Role.STREET_SUPERVISOR, other_street),
        "section": make_user(Role.STREET_SECTION, street),
        "auditor": make_user(Role.AUDIT_ADMINISTRATOR, community),
    }


def ask(user, slug="residents", query="", opened=("证件号码",), reason="民政所核对低保名册"):
    ledger = ledgers[slug]
    selection = Selection(ledger, user, QueryDict(query))
    return requests.ask(
        selection,
        selection.listing.columns,
        opened,
        purpose="report",
        reason=reason,
        by=user,
    )


def do(request, action, *, by):
    if action == RequestAction.DOWNLOAD:
        requests.download(request, "xlsx", by=by)
    else:
        requests.perform(request, action, by=by, note="理由")


@pytest.fixture
def in_state(acting, staff, head, person):
    """``in_state(state)``: a request of the staff member that has come there."""

    def make(state):
        with acting(staff):
            request = ask(staff)
        steps = {
            RequestState.REQUESTED: [],
            RequestState.APPROVED: [("approve", head)],
            RequestState.REFUSED: [("refuse", head)],
            RequestState.WITHDRAWN: [("withdraw", staff)],
            RequestState.REVOKED: [("approve", head), ("revoke", head)],
        }
        for action, by in steps[state]:
            with acting(by):
                request = requests.perform(request, action, by=by, note="理由")
        assert request.state == state
        return request

    return make


def test_the_table_knows_every_state():
    steps = REQUEST.steps.values()
    known = set().union(*(step.sources for step in steps), (step.target for step in steps))
    assert known == set(RequestState)
    assert REQUEST.steps.keys() == set(RequestAction)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", RequestState)
def test_state_by_action_by_role(in_state, acting, people, state, who):
    request, user = in_state(state), people[who]
    expected = PEOPLE[who].get(state, set())
    for action in RequestAction:
        with acting(user):
            assert (requests.why_not(request, action, user) == "") == (action in expected), action
            if action in expected:
                continue
            with pytest.raises((Denied, ExportRequest.DoesNotExist)):
                do(request, action, by=user)
    with acting(request.unit):
        assert ExportRequest.objects.get().state == state


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("action", [a for a in RequestAction if a != RequestAction.DOWNLOAD])
def test_what_is_possible_leads_where_the_table_says(in_state, acting, people, state, action):
    step = REQUEST.steps[action]
    if state not in step.sources:
        return
    user = people["head" if step.who == APPROVER else "requester"]
    request = in_state(state)
    with acting(user):
        done = requests.perform(request, action, by=user, note="理由")
    assert done.state == step.target
    assert (done.decided_by == user) == (step.who == APPROVER)


def test_nobody_approves_their_own_request_not_even_a_head(acting, head, person, people):
    with acting(head):
        request = ask(head)
        assert "自己" in requests.why_not(request, RequestAction.APPROVE, head)
        with pytest.raises(Denied):
            requests.perform(request, "approve", by=head)
    with acting(people["supervisor"]):
        requests.perform(request, "approve", by=people["supervisor"])


def test_the_database_refuses_a_decision_by_the_requester(in_state, acting, staff):
    from django.db import IntegrityError, transaction

    request = in_state(RequestState.REQUESTED)
    with acting(staff), pytest.raises(IntegrityError), transaction.atomic():
        ExportRequest.objects.filter(pk=request.pk).update(
            decided_by=staff, version=request.version
        )


def test_a_streets_request_is_not_a_community_heads_to_approve(
    acting, make_user, street, head, person, people
):
    asker = make_user(Role.STREET_SUPERVISOR, street)
    with acting(asker):
        whole = ask(asker)
        part = ask(asker, query=f"unit={head.assignments.get().unit_id}")
    with acting(head):
        assert not requests.is_approver(whole, head)
        assert requests.is_approver(part, head)
    with acting(people["supervisor"]):
        assert requests.is_approver(whole, people["supervisor"])


@pytest.mark.parametrize("action", ["refuse", "revoke"])
def test_refusing_and_revoking_need_a_reason(in_state, acting, head, action):
    from django.core.exceptions import ValidationError

    state = RequestState.REQUESTED if action == "refuse" else RequestState.APPROVED
    request = in_state(state)
    with acting(head), pytest.raises(ValidationError, match="要写明理由"):
        requests.perform(request, action, by=head)


def test_an_approval_ends_after_its_hours_and_its_downloads(
    in_state, acting, staff, settings, person
):
    settings.EXPORT_VALID_HOURS, settings.EXPORT_DOWNLOADS_MOST = 8, 1
    request = in_state(RequestState.APPROVED)
    assert request.expires_at - request.decided_at == timedelta(hours=8)
    with acting(staff):
        requests.download(request, "xlsx", by=staff)
        with pytest.raises(Denied, match="到了批准的次数"):
            requests.download(request, "xlsx", by=staff)
    late = in_state(RequestState.APPROVED)
    with acting(staff):
        late.expires_at = timezone.now()
        late.save()
        with pytest.raises(Denied, match="已过有效期"):
            requests.download(late, "xlsx", by=staff)


def test_a_number_in_the_reason_is_refused(acting, staff, person):
    from django.core.exceptions import ValidationError

    with acting(staff), pytest.raises(ValidationError, match="不要写证件号"):
        ask(staff, reason=f"核对 {person.id_number}")


def test_only_masked_columns_with_a_number_behind_them_can_be_opened(acting, staff, person):
    from django.core.exceptions import ValidationError

    with acting(staff):
        for opened in ((), ("姓名",), ("证件号码", "姓名"), ("没有",)):
            with pytest.raises(ValidationError):
                ask(staff, opened=opened)
        factories.visit(person)
        assert ask(staff, "visits").opened == ["证件号码"]


def test_the_policy_leaves_decisions_to_the_security_administrator(in_state, acting, people):
    request, security = in_state(RequestState.REQUESTED), people["security administrator"]
    with acting(security):
        change(
            POLICIES["clear_exports_by_security"], value=True, reason="测评", over=0, by=security
        )
    for who in ("head", "supervisor"):
        with acting(people[who]):
            assert requests.why_not(request, RequestAction.APPROVE, people[who])
            assert not requests.approvable_by(ExportRequest.objects.all(), people[who]).exists()
    with acting(security):
        assert requests.perform(request, "approve", by=security).decided_by == security
    with acting(people["requester"]):
        assert requests.download(request, "xlsx", by=people["requester"]).rows == 1


def test_the_security_administrator_decides_without_seeing_what_was_searched(
    client_of, acting, staff, person, people
):
    with acting(staff):
        words = seal_token(person.name)
        request = ask(staff, query=f"s={words}")
    assert person.name not in request.described
    client = client_of(people["security administrator"])
    page = client.get(f"/exports/requests/{request.pk}/").content.decode()
    assert "1 个词（不显示）" in page
    assert person.name not in page
    assert client.get("/ledger/residents/").status_code == 403
    assert client.get(f"/ledger/residents/{person.pk}/").status_code == 403

"""Who may do what with an inspection, in each state: one table, through pages and services alike."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from portal.roles import Role
from portal.scope import Denied
from sanitation.enums.inspections import InspectionKind as K
from sanitation.models import Inspection, InspectionReply
from sanitation.services import inspections, replies
from tests.factories import sanitation as make
from tests.factories import sanitation_inspect as more

pytestmark = pytest.mark.django_db

STATES = ("begun", "held", "open", "signed", "objected")
ACTS = ("hand-in", "publish", "take-back", "reply", "answer")
# state → act → the roles that may take it; whoever is not named is refused, or does not find it.
INSPECTOR, SUPERVISOR, HEAD, STAFF = (
    Role.SANITATION_INSPECTOR,
    Role.STREET_SUPERVISOR,
    Role.COMMUNITY_HEAD,
    Role.COMMUNITY_STAFF,
)
MAY = {
    ("begun", "hand-in"): {INSPECTOR},
    ("held", "publish"): {SUPERVISOR},
    ("held", "take-back"): {INSPECTOR},
    ("open", "reply"): {HEAD, STAFF},
    ("objected", "answer"): {INSPECTOR, SUPERVISOR},
}
ROLES = (INSPECTOR, SUPERVISOR, Role.STREET_SECTION, HEAD, STAFF, Role.WINDOW_CLERK, "neighbour")


@pytest.fixture
def users(make_user, street, community, other_community):
    at_street = {INSPECTOR, SUPERVISOR, Role.STREET_SECTION}
    made = {
        role: make_user(role, street if role in at_street else community)
        for role in ROLES
        if role != "neighbour"
    }
    return made | {"neighbour": make_user(STAFF, other_community)}


def inspection_in(state, street, community):
    rubric = make.rubric(street)
    if state == "begun":
        return make.inspection(street, community, K.UNANNOUNCED, rubric=rubric)
    if state == "held":
        return more.handed_in(street, community, K.UNANNOUNCED, rubric=rubric)
    row = more.handed_in(street, community, rubric=rubric)
    make.finding(row, rubric.items.get(ordinal=1).faults.first())
    if state != "open":
        more.reply(row, state == "signed")
    return row


def take(act, row, by):
    if act == "reply":
        return replies.reply(row, agrees=True, signer="彭支书", by=by)
    if act == "answer":
        reply = InspectionReply.objects.filter(inspection=row).first()
        if reply is None:
            raise ValidationError("没有异议。")
        return replies.answer(reply, upheld=False, answer="维持", by=by)
    return getattr(inspections, act.replace("-", "_"))(row, by=by)


@pytest.mark.parametrize("state", STATES)
def test_services_take_a_step_in_its_state_by_its_role(users, street, community, acting, state):
    with acting(street):
        row = inspection_in(state, street, community)
    for act in ACTS:
        for role, user in users.items():
            allowed = role in MAY.get((state, act), set())
            if allowed:
                continue  # told at the end, because it leaves the state
            with acting(user):
                found = Inspection.objects.filter(pk=row.pk).first()
                if found is None:
                    continue
                with pytest.raises((Denied, ValidationError)):
                    take(act, found, user)
    for (at, act), roles in MAY.items():
        if at == state:
            user = users[sorted(roles)[0]]
            with acting(user), transaction.atomic():
                take(act, Inspection.objects.get(pk=row.pk), user)
                transaction.set_rollback(True)


@pytest.mark.parametrize("state", STATES)
def test_pages_offer_just_what_the_services_allow(
    users, client_of, street, community, acting, state
):
    with acting(street):
        row = inspection_in(state, street, community)
    page = f"/ledger/inspections/{row.pk}/"
    hidden = state in {"begun", "held"}
    for role, user in users.items():
        client = client_of(user)
        seen = client.get(page)
        inside = role not in {Role.WINDOW_CLERK, "neighbour"} and not (
            hidden and role in {HEAD, STAFF}
        )
        assert seen.status_code == (200 if inside else 403 if role == Role.WINDOW_CLERK else 404)
        for act in ACTS:
            url = reverse(f"inspection-{act}", args=[row.pk])
            allowed = role in MAY.get((state, act), set())
            if inside:
                assert (url in seen.content.decode()) == allowed, (role, act)
            if allowed:
                assert client.get(url).status_code == 200
        if not inside:
            for act in ACTS:
                url = reverse(f"inspection-{act}", args=[row.pk])
                assert client.get(url).status_code in {403, 404}
            paper = reverse("inspection-paper", args=[row.pk])
            assert client.get(paper).status_code in {403, 404}

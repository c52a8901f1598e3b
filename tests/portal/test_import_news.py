"""Imports: who may approve is told of what waits, who uploaded of what the worker did."""

import pytest
from django.utils import timezone

from portal.imports.stepping import move
from portal.models import ImportBatch, ImportState, Notification
from portal.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def batch(acting, clerk, community):
    """``batch(state, total)``: of visits, uploaded by the clerk."""

    def make(state, total=300):
        with acting(clerk):
            return ImportBatch.objects.create(
                unit=community,
                ledger="visits",
                filename="走访 44010319580312123X.xlsx",
                sha256="0" * 64,
                content=b"x",
                uploaded_by=clerk,
                total=total,
                state=state,
            )

    return make


def told(acting, user):
    with acting(user):
        rows = Notification.objects.of(user).order_by("pk")
        return [(row.kind, row.text) for row in rows]


def test_what_waits_is_told_to_who_may_approve_it(acting, make_user, batch, clerk, community):
    head = make_user(Role.COMMUNITY_HEAD, community)
    inspector = make_user(Role.SANITATION_INSPECTOR, community)
    with acting(clerk):
        move(batch(ImportState.CHECKED), "submit", by=clerk)
    assert [kind for kind, _ in told(acting, head)] == ["imports.awaiting"]
    assert told(acting, clerk) == told(acting, inspector) == []


def test_a_return_and_what_the_worker_did_are_told_to_who_uploaded(
    acting, make_user, batch, clerk, community
):
    head = make_user(Role.COMMUNITY_HEAD, community)
    with acting(head):
        move(batch(ImportState.AWAITING), "return", by=head, note="重来")
    for state, step in (("checking", "report"), ("storing", "stored"), ("storing", "fail")):
        fields = {"confirmed_at": timezone.now()} if step == "stored" else {}
        with acting(clerk):
            move(batch(state), step, by=clerk, **fields)
            move(batch(state, total=3), step, by=clerk, **fields)  # done before their eyes
    found = told(acting, clerk)
    assert [kind for kind, _ in found] == [
        "imports.returned",
        "imports.checked",
        "imports.stored",
        "imports.failed",
    ]
    assert all("4401" not in text for _, text in found)

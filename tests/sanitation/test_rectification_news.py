"""Orders are told to the community, reports to the keeper, rechecks to the community."""

import pytest
from django.utils import timezone

from portal.models import Notification
from portal.roles import Role
from sanitation.services import rectification as services
from tests.sanitation.test_rectification_services import found, inspector, new, worker

__all__ = ["found", "inspector", "worker"]  # fixtures
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def told(acting, user):
    with acting(user):
        rows = Notification.objects.of(user).order_by("pk")
        return [(row.kind, row.text) for row in rows]


def test_many_orders_at_once_are_one_message(
    acting, found, inspector, worker, make_user, other_community
):
    neighbour = make_user(Role.COMMUNITY_STAFF, other_community)
    with acting(inspector):
        services.issue_for(found, working_days=3, demand="清理", by=inspector)
    [(kind, text)] = told(acting, worker)
    assert kind == "rectification.issued"
    assert "等2张整改单" in text
    assert "黄文发" not in text
    assert told(acting, neighbour) == []
    assert told(acting, inspector) == []


def test_report_and_recheck_go_back_and_forth(acting, street, community, inspector, worker):
    with acting(inspector):
        order = services.issue(new(street, community, occurred_on=TODAY), by=inspector)
    with acting(worker):
        round_ = services.report(order, content="已清理", reporter="李梅", day=TODAY, by=worker)
    assert [kind for kind, _ in told(acting, inspector)] == ["rectification.reported"]
    with acting(inspector):
        round_.refresh_from_db()
        services.recheck(
            round_, passed=True, opinion="", rechecker="吴永刚", day=TODAY, by=inspector
        )
    kinds = [kind for kind, _ in told(acting, worker)]
    assert kinds == ["rectification.issued", "rectification.rechecked"]

"""The requester is told of the decision about full numbers, without a number."""

import pytest

from portal.models import Notification
from tests.exports.test_requests import approved, asked

__all__ = ["approved", "asked"]  # fixtures
pytestmark = pytest.mark.django_db


def test_the_decision_is_told_to_who_asked(acting, approved, staff, head):
    with acting(staff):
        [row] = Notification.objects.of(staff)
        assert (row.kind, row.url) == ("exports.decided", f"/exports/requests/{approved.pk}/")
        assert "批准" in row.text
    with acting(head):
        assert not Notification.objects.of(head).exists()

"""People and a day for the tests of disability work."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from portal.roles import Role


@pytest.fixture
def january_2026(monkeypatch):
    """The year 2025 is over, so that all of its months can be paid."""
    noon = datetime(2026, 1, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "clerk", name="李梅")


@pytest.fixture
def colleague(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "colleague", name="刘芳")

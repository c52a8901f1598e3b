"""People who may and may not see the office's facts."""

import pytest

from portal.roles import Role


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community)


@pytest.fixture
def section(make_user, street):
    return make_user(Role.STREET_SECTION, street)

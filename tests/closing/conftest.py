"""A closed year of a community."""

import pytest

from portal.closing import services
from portal.periods import Period
from portal.roles import Role

YEAR = Period.parse("2025")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, name="陈刚")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street, name="周明")


@pytest.fixture
def close_year(acting, head, community):
    def close():
        with acting(head):
            [row] = services.close(community, YEAR, by=head)
        return row

    return close

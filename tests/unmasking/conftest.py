import pytest

from portal.roles import Role
from tests import factories


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community, phone="13812345678")

"""A street with communities, and the people who inspect, publish and answer."""

import pytest

from portal.models import Unit
from portal.models.units import UnitKind
from portal.roles import Role
from tests.conftest import as_command


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street, "inspector")


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street, "supervisor")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, "head")


@pytest.fixture
def villages(street, community, other_community):
    """Nine communities with three groups each."""
    with as_command():
        more = [
            Unit.objects.create(
                kind=UnitKind.COMMUNITY, code=f"440103001{n:03d}", name=f"第{n}村", parent=street
            )
            for n in range(3, 10)
        ]
        every = [community, other_community, *more]
        for village in every:
            for n in range(1, 4):
                Unit.objects.create(
                    kind=UnitKind.GRID,
                    code=f"{village.code}{n:03d}",
                    name=f"第{n}组",
                    parent=village,
                )
    return every

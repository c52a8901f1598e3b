"""A community's clerk with a few residents, and what a visit's form sends."""

import uuid

import pytest

from portal.roles import Role
from tests import factories


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def colleague(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="陈彩霞")


@pytest.fixture
def people(acting, community):
    with acting(community):
        return [factories.resident(community, name) for name in ("黄文发", "李小红", "赵大年")]


@pytest.fixture
def visit_of():
    """``visit_of(person, **changes)``: the fields of a visit's form, with a key of their own."""

    def data(person, **changes):
        return {
            "_key": str(uuid.uuid4()),
            "resident": person.pk if person else "",
            "resident_text": person.name if person else "",
            "occurred_on": "2025-03-10",
            "mode": "home",
            "visitor": "李梅",
            "purposes": ["greeting"],
            "content": "身体尚可",
            "domains": ["residents"],
        } | changes

    return data

"""Of records from which nothing is missing no rule asks anything."""

import pytest

from portal.quality import rules
from portal.roles import Role
from tests import factories
from tests.factories import volunteer_people

pytestmark = pytest.mark.django_db
OURS = [
    *("too_young", "of_the_dead", "in_the_register", "no_guardian", "no_evidence", "unreachable"),
    "leaderless",
]


@pytest.mark.parametrize("code", OURS)
def test_sound_records_break_no_rule(community, acting, make_user, code):
    with acting(make_user(Role.COMMUNITY_STAFF, community)):
        person = factories.resident(community, phone="13800000001")
        volunteer = volunteer_people.one_of_each(person)
        volunteer.memberships.update(role="leader")
        found = rules[f"volunteers.{code}"].rows(frozenset({community.pk}))
        assert list(found) == []

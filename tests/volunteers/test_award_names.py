"""Awards in a summary: a name only of who agreed to it, still agrees to be named, and is of age."""

from datetime import timedelta

import pytest
from django.utils import timezone

from residents.ages import years_before
from tests.factories import volunteers as make
from volunteers.enums.volunteers import AwardKind
from volunteers.models import VolunteerAward

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("may_tell", "may_publish", "days_short_of_18", "told"),
    [
        (True, True, 0, True),
        (False, True, 0, False),
        (True, False, 0, False),
        (True, True, 1, False),
    ],
)
def test_who_is_told_by_name(acting, community, may_tell, may_publish, days_short_of_18, told):
    born = years_before(timezone.localdate(), 18) + timedelta(days=days_short_of_18)
    with acting(community):
        person = make.volunteer(community, born_on=born, may_publish=may_publish)
        award = VolunteerAward(volunteer=person, kind=AwardKind.MODEL, may_tell=may_tell)
        assert award.is_told_by_name == told

"""A person who moved away is still seen by the former unit; pairs with them are the street's."""

from datetime import date

import pytest

from portal.roles import Role
from residents.duplicates.finding import find_duplicates
from residents.duplicates.selectors import pairs_of
from residents.models import DuplicatePair, Resident
from tests import factories

BORN = date(1950, 1, 1)


@pytest.fixture
def twins(acting, community, other_community):
    """Two records that look alike: one moved to the other community, one stayed."""
    with acting(community, other_community):
        moved = factories.resident(community, "黄文发", born_on=BORN)
        moved.unit_ids, moved.unit = [community.pk, other_community.pk], other_community
        moved.save()
        return moved, factories.resident(community, "黄文发", born_on=BORN)


@pytest.mark.django_db
def test_a_pair_across_communities_is_left_to_the_street(
    make_user, street, community, twins, acting
):
    with acting(make_user(Role.COMMUNITY_STAFF, community)):
        assert find_duplicates().new == 0
        assert not DuplicatePair.objects.exists()
    with acting(make_user(Role.STREET_SECTION, street)):
        assert find_duplicates().new == 1
        assert DuplicatePair.objects.get().unit == street


@pytest.mark.django_db
def test_a_pair_known_to_the_street_is_no_obstacle_when_both_live_here(
    make_user, street, community, other_community, twins, acting
):
    with acting(make_user(Role.STREET_SECTION, street)):
        find_duplicates()
    with acting(community, other_community):
        Resident.objects.filter(pk=twins[0].pk).update(unit=community)
    with acting(make_user(Role.COMMUNITY_STAFF, community)):
        assert find_duplicates().new == 0
    with acting(make_user(Role.STREET_SECTION, street)):
        find_duplicates()
        assert DuplicatePair.objects.get().unit == community


@pytest.mark.django_db
def test_a_pair_is_out_of_the_queue_once_one_of_the_two_moved_away(
    make_user, community, other_community, acting
):
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    with acting(community, other_community):
        one, _ = (factories.resident(community, "黄文发", born_on=BORN) for _ in range(2))
    with acting(clerk):
        find_duplicates()
        assert pairs_of(clerk, "waiting").count() == 1
    with acting(community, other_community):
        one.refresh_from_db()
        one.unit_ids, one.unit = [community.pk, other_community.pk], other_community
        one.save()
    with acting(clerk):
        assert not pairs_of(clerk).exists()

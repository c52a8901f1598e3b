"""A page holds the rows that the whole list holds there, in their order, and reads few beside them."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict

from portal.ledgers import ledgers
from portal.ledgers.listing import Listing
from portal.ledgers.paging import Pages, merges
from portal.roles import Role
from portal.scope import access_of
from tests import factories

pytestmark = pytest.mark.django_db
QUERIES = ("", "mode=phone", "sort=resident__pinyin", "sort=occurred_on", "period=2025")


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


@pytest.fixture
def visits(acting, street, community, other_community):
    """Forty in two communities, several on a day, one of them deleted."""
    with acting(community, other_community):
        for place, unit in enumerate((community, other_community)):
            person = factories.resident(unit, "陈静")
            for number in range(20):
                day = date(2025, 3, 1) + timedelta(days=(number + place) // 3)
                mode = ("home", "phone")[number % 2]
                made = factories.visit(person, day, mode=mode, domains=["residents"])
        made.deleted_at = made.recorded_at
        made.save()


@pytest.mark.parametrize("query", QUERIES)
def test_pages_together_are_the_list(acting, supervisor, visits, query):
    ledger = ledgers["visits"]
    with acting(supervisor):
        listing = Listing(ledger, supervisor, QueryDict(query))
        rows = listing.records()
        units = access_of(supervisor).units(ledger.view_permission)
        pages = Pages(rows, 7, units=units)
        found = [row.pk for number in pages.page_range for row in pages.page(number)]
        assert found == [row.pk for row in rows]
        assert len(found) > 7


def test_the_latest_of_several_units_are_merged(acting, supervisor, visits):
    with acting(supervisor):
        rows = Listing(ledgers["visits"], supervisor, QueryDict()).records()
        assert merges(rows)
        units = access_of(supervisor).units("residents.view")
        asked = str(Pages(rows, 7, units=units).page(1).object_list.query)
    assert "CROSS JOIN LATERAL" in asked


def test_what_is_sorted_otherwise_is_not_merged(acting, supervisor, visits):
    with acting(supervisor):
        for query in ("sort=occurred_on", "sort=resident__pinyin"):
            listing = Listing(ledgers["visits"], supervisor, QueryDict(query))
            assert not merges(listing.records())

"""The list of every ledger asks as often for many rows as for one."""

import math

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts import sessions
from portal.ledgers import ledgers
from portal.roles import DUTIES, Role
from tests import factories
from tests.conftest import acting_as, new_community, new_district, new_street, new_user
from tests.sharing import undone_afterwards

# On one worker: the rows are made once for all ledgers.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("list-queries")]

SLUGS = [ledger.slug for ledger in ledgers]
MOST = 40


def everything(unit):
    """One more row in every ledger."""
    person = factories.resident(unit, "陈静")
    home = factories.household(unit, number=f"1-{person.pk}")
    factories.member(home, person)
    factories.visit(person)
    event = factories.activity(unit, title=f"培训{person.pk}")
    factories.participation(event, person)
    factories.handout(unit, activity=event)
    factories.assistance(person)
    factories.application(person)
    factories.disability_file(person)
    factories.certificate(person)


def signed_in(role, unit) -> Client:
    client = Client()
    client.force_login(new_user(role, unit))
    return client


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker):
    """How often the list of each ledger asked: with one row, and with two."""
    with (
        django_db_blocker.unblock(),
        undone_afterwards(),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sessions, "STAMP_EVERY", math.inf)  # a write a minute, whatever the page
        community = new_community(new_street(new_district()))
        staff = signed_in(Role.COMMUNITY_STAFF, community)
        head = signed_in(Role.COMMUNITY_HEAD, community)
        counts = {slug: [] for slug in SLUGS}
        for _ in range(2):
            with acting_as(community):
                everything(community)
            for slug in SLUGS:
                permission = ledgers[slug].view_permission
                client = staff if permission in DUTIES[Role.COMMUNITY_STAFF].permissions else head
                reset_queries()  # the log holds 9,000 and drops the oldest
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(f"/ledger/{slug}/").status_code == 200, slug
                counts[slug].append(len(captured))
        yield counts


@pytest.mark.parametrize("slug", SLUGS)
def test_query_count_does_not_grow_with_rows(slug, asked):
    """One row and two rows of every ledger take the same number of queries."""
    one, two = asked[slug]
    assert one == two
    assert two <= MOST

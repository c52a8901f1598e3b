"""The pages around a list ask as often for three records as for one."""

import math

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from portal.accounts import sessions
from portal.roles import Role
from tests import factories
from tests.conftest import (
    acting_as,
    new_community,
    new_district,
    new_street,
    new_user,
    signed_in,
)
from tests.sharing import undone_afterwards

# On one worker: the rows are made once for all pages.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("page-queries")]

PAGES = {
    "home": "/",
    "today": "/today/",
    "record": "/ledger/visits/{visit}/",
    "person": "/ledger/residents/{person}/",
    "household": "/ledger/households/{home}/",
    "add": "/ledger/visits/add/",
    "edit": "/ledger/visits/{visit}/edit/",
    "delete": "/ledger/visits/{visit}/delete/",
    "bin": "/ledger/visits/bin/",
    "export": "/ledger/visits/export/",
    "columns": "/ledger/visits/columns/",
    "import": "/ledger/visits/import/",
    "figure": "/figures/visits.person_times/?period=2025",
    "figures": "/figures/",
    "board": "/boards/residents/?period=2025",
    "table": "/boards/table/?period=2025",
    "quality": "/quality/",
    "duplicates": "/duplicates/",
    "imports": "/imports/",
    "summaries": "/summaries/",
    "notifications": "/notifications/",
}


def one_more(community, made: dict) -> None:
    """A member of the same household with a visit, help and an application; the first person gets them too."""
    person = factories.resident(community, "陈静")
    if not made:
        home = factories.household(community)
        factories.member(home, person)
        made |= {"person": person.pk, "home": home.pk, "first": person, "household": home}
    else:
        factories.member(made["household"], person, relation="20")
    for each in {person.pk: person, made["first"].pk: made["first"]}.values():
        made["visit"] = factories.visit(each, domains=["residents"]).pk
        factories.assistance(each, domains=["residents"])
        factories.application(each, domains=["residents"])
    deleted = factories.visit(person, domains=["residents"])
    deleted.deleted_at = deleted.recorded_at
    deleted.save()


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker):
    """How often each page asked: with one record of a kind, and with three."""
    with django_db_blocker.unblock(), undone_afterwards(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sessions, "STAMP_EVERY", math.inf)  # a write a minute, whatever the page
        community = new_community(new_street(new_district()))
        client = signed_in(new_user(Role.COMMUNITY_STAFF, community))
        counts, made = {page: [] for page in PAGES}, {}
        for more in (1, 2):
            with acting_as(community):
                for _ in range(more):
                    one_more(community, made)
            for page, path in PAGES.items():
                reset_queries()  # the log holds 9,000 and drops the oldest
                with CaptureQueriesContext(connection) as captured:
                    answer = client.get(path.format(**made))
                    assert answer.status_code == 200, (page, answer.status_code)
                counts[page].append([query["sql"] for query in captured])
        yield counts


@pytest.mark.parametrize("shown", PAGES)
def test_query_count_does_not_grow_with_records(shown, asked):
    one, three = asked[shown]
    more = [sql for sql in three if sql[:60] not in {each[:60] for each in one}]
    assert len(three) <= len(one), more

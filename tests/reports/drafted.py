"""The year of records, drafted once for all tests of a module: composing a summary takes a second.

A module that imports these fixtures is marked ``xdist_group``; each test still begins at the draft just made.
"""

from dataclasses import dataclass

import pytest

from portal.models import Unit, User
from portal.roles import Role
from portal.summaries import outlines
from reports import services
from reports.models import Summary
from residents.models import Resident
from tests import conftest
from tests.reports.conftest import YEAR, record_a_year
from tests.sharing import undone_afterwards

__all__ = [
    "community",
    "district",
    "draft",
    "drafted",
    "head",
    "staff",
    "street",
    "year_of_records",
]


@dataclass(frozen=True)
class Drafted:
    """Keys of what was made: what a test does to its own objects stays with them."""

    community: int
    staff: int
    head: int
    people: list[int]
    summary: int


@pytest.fixture(scope="module")
def drafted(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone_afterwards():
        community = conftest.new_community(conftest.new_street(conftest.new_district()))
        staff = conftest.new_user(Role.COMMUNITY_STAFF, community, name="李梅")
        head = conftest.new_user(Role.COMMUNITY_HEAD, community, name="陈刚")
        with conftest.acting_as(community):
            people = record_a_year(community)
        with conftest.acting_as(staff):
            summary = services.draft(outline=outlines["A"], unit=community, period=YEAR, by=staff)
        keys = [person.pk for person in people]
        yield Drafted(community.pk, staff.pk, head.pk, keys, summary.pk)


@pytest.fixture
def community(drafted, db):
    return Unit.objects.get(pk=drafted.community)


@pytest.fixture
def street(community):
    return community.parent


@pytest.fixture
def district(street):
    return street.parent


@pytest.fixture
def staff(drafted, db):
    return User.objects.get(pk=drafted.staff)


@pytest.fixture
def head(drafted, db):
    return User.objects.get(pk=drafted.head)


@pytest.fixture
def year_of_records(drafted, community):
    with conftest.acting_as(community):
        return [Resident.objects.get(pk=person) for person in drafted.people]


@pytest.fixture
def draft(drafted, staff):
    with conftest.acting_as(staff):
        return Summary.objects.get(pk=drafted.summary)

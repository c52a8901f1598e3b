"""The year of records, drafted and signed once for all tests of a module: signing takes a second."""

from dataclasses import dataclass

import pytest

from portal.models import Unit, User
from portal.roles import Role
from portal.summaries import outlines
from reports import services
from reports.models import Issue
from tests import conftest
from tests.reports.conftest import YEAR, record_a_year, reviewed
from tests.sharing import undone_afterwards


@dataclass(frozen=True)
class Signed:
    community: Unit
    staff: User
    head: User
    issue: int


@pytest.fixture(scope="module")
def signed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone_afterwards():
        community = conftest.new_community(conftest.new_street(conftest.new_district()))
        staff = conftest.new_user(Role.COMMUNITY_STAFF, community, name="李梅")
        head = conftest.new_user(Role.COMMUNITY_HEAD, community, name="陈刚")
        with conftest.acting_as(community):
            record_a_year(community)
        with conftest.acting_as(staff):
            draft = services.draft(outline=outlines["A"], unit=community, period=YEAR, by=staff)
        draft = reviewed(draft, staff, head)
        with conftest.acting_as(head):
            issue = services.issue(draft, version=draft.version, by=head)
        yield Signed(community, staff, head, issue.pk)


@pytest.fixture
def community(signed):
    return signed.community


@pytest.fixture
def street(community):
    return community.parent


@pytest.fixture
def staff(signed):
    return signed.staff


@pytest.fixture
def head(signed):
    return signed.head


@pytest.fixture
def issue(signed, acting, head):
    with acting(head):
        return Issue.objects.select_related("summary__unit", "unit").get(pk=signed.issue)


@pytest.fixture
def draft(issue):
    return issue.summary

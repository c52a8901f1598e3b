"""A community with a year of records, and the people who draft and sign."""

from datetime import date

import pytest

from portal.models import Unit
from portal.models.units import UnitKind
from portal.periods import Period
from portal.roles import Role
from portal.summaries import outlines
from reports import services
from reports.models import Summary
from reports.services import review
from residents.enums import ActivityKind, Attendee, VisitMode
from residents.models import Visit
from tests import factories
from tests.conftest import acting_as, as_command

YEAR = Period.parse("2025")
HOME, PHONE = 7, 4


@pytest.fixture
def outline():
    return outlines["A"]


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, name="陈刚")


def record_a_year(community):
    """7 home visits, 4 calls, one training with 2 residents, one booth with 200 leaflets."""
    people = [factories.resident(community, name) for name in ("黄文发", "单小花", "欧阳丹")]
    for person in people:
        factories.disability_file(person)
    factories.certificate(people[0])
    for month in range(1, HOME + 1):
        factories.visit(people[month % 2], date(2025, month, 6))
    for month in range(2, PHONE + 2):
        factories.visit(people[0], date(2025, month, 20), mode=VisitMode.PHONE)
    training = factories.activity(
        community, date(2025, 3, 10), title="创办你的企业", organisers="市残联", highlight=True
    )
    for person in people[:2]:
        factories.participation(training, person, attendee=Attendee.SELF)
    booth = factories.activity(
        community,
        date(2025, 5, 18),
        title="助残宣传",
        kind=ActivityKind.PUBLICITY,
        theme_day="disability-day",
        place="中街",
        highlight=True,
    )
    factories.handout(community, 200, booth.occurred_on, activity=booth)
    factories.application(people[0], date(2025, 4, 2))
    factories.assistance(people[1], date(2025, 1, 6), festival="春节", highlight=True)
    return people


@pytest.fixture
def year_of_records(acting, community):
    with acting(community):
        return record_a_year(community)


@pytest.fixture
def draft(acting, staff, community, outline, year_of_records):
    with acting(staff):
        return services.draft(outline=outline, unit=community, period=YEAR, by=staff)


def submitted(draft, by):
    """The summary as it is after 送审 of what is stored now."""
    with acting_as(by):
        version = Summary.objects.get(pk=draft.pk).version
        return review.take(draft, "submit", version=version, by=by)


def reviewed(draft, by, reviewer):
    """The summary as it is when ``by`` submitted and ``reviewer`` passed it: ready to be signed."""
    summary = submitted(draft, by)
    with acting_as(reviewer):
        return review.take(summary, "review", version=summary.version, by=reviewer)


@pytest.fixture
def ready(draft, staff, head):
    return reviewed(draft, staff, head)


@pytest.fixture
def issue(acting, head, ready):
    with acting(head):
        return services.issue(ready, version=ready.version, by=head)


@pytest.fixture
def edit_a_visit(acting, community):
    """Move one home visit out of the year, as a later correction would."""

    def edit():
        with acting(community):
            visit = Visit.objects.filter(mode=VisitMode.HOME).latest("occurred_on")
            visit.occurred_on = date(2024, 12, 31)
            visit.save()
            return visit

    return edit


@pytest.fixture
def more_communities(street):
    """``more_communities(n)``: so many further communities of the street, by code."""

    def make(count):
        with as_command():
            return [
                Unit.objects.create(
                    kind=UnitKind.COMMUNITY,
                    code=f"440103001{number:03d}",
                    name=f"第{number}社区",
                    parent=street,
                )
                for number in range(11, 11 + count)
            ]

    return make

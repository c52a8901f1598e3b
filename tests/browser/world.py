"""A community with two pages of visits and everything else once or twice, and who works there."""

from dataclasses import dataclass
from datetime import date

import pytest

from disability.models import Certificate
from portal.models import Unit, User
from portal.models.units import UnitKind
from portal.roles import Role
from residents.enums import ActivityKind, Attendee, Relation, VisitMode
from residents.models import Activity, Household, Resident, Visit
from tests import factories
from tests.conftest import as_command

LONG_NAME = "古丽娜扎尔·买买提明·吐尔逊江·阿不都热合曼诺夫"  # 24 characters
RARE_NAME = "𠮷喆堃"
WORDS = "身体尚可，能自己买菜做饭；卫生间扶手已装好，试用稳固，本人满意，约定月底再看康复进展。"


@dataclass(frozen=True)
class World:
    """The rows and people that the pages show."""

    community: Unit
    person: Resident
    home: Household
    visit: Visit
    activity: Activity
    certificate: Certificate
    staff: User
    newcomer: User  # of a community without any record
    head: User
    supervisor: User
    system: User
    security: User


@pytest.fixture
def world(community, other_community, street, make_user, acting) -> World:
    with as_command():
        Unit.objects.create(
            kind=UnitKind.GRID, code=f"{community.code}01", name="第一网格", parent=community
        )
    with acting(community):
        person = factories.resident(
            community, LONG_NAME, phone="13800000009", address="春华路 8 号 1 栋 101"
        )
        neighbours = [
            factories.resident(community, name) for name in (RARE_NAME, "单小花", "沈小涵")
        ]
        home = factories.household(community)
        factories.member(home, person)
        factories.member(home, neighbours[0], Relation.SPOUSE)
        for each in (person, *neighbours):
            factories.disability_file(each)
        certificate = factories.certificate(person)
        for number in range(35):
            mode = VisitMode.PHONE if number % 3 == 0 else VisitMode.HOME
            day = date(2025, 1 + number % 12, 3 + number % 25)
            visit = factories.visit(person, day, mode=mode, content=WORDS, purposes=["greeting"])
        training = factories.activity(community, organisers="市残联", highlight=True)
        factories.participation(training, person, attendee=Attendee.SELF)
        booth = factories.activity(
            community,
            date(2025, 5, 18),
            title="助残日街头宣传",
            kind=ActivityKind.PUBLICITY,
            theme_day="disability-day",
            highlight=True,
        )
        factories.handout(community, 200, booth.occurred_on, activity=booth)
        factories.application(person)
        factories.assistance(person, festival="春节", highlight=True)
        deleted = factories.visit(neighbours[1])
        deleted.deleted_at = deleted.recorded_at
        deleted.save()
    make_user(Role.COMMUNITY_STAFF, community, "demo-worker", name="陈素芬")
    return World(
        community=community,
        person=person,
        home=home,
        visit=visit,
        activity=booth,
        certificate=certificate,
        staff=make_user(Role.COMMUNITY_STAFF, community, name="陈彩霞"),
        newcomer=make_user(Role.COMMUNITY_STAFF, other_community, name="周志强"),
        head=make_user(Role.COMMUNITY_HEAD, community, name="林国栋"),
        supervisor=make_user(Role.STREET_SUPERVISOR, street, name="梁伟文"),
        system=make_user(Role.SYSTEM_ADMINISTRATOR, street, name="何晓燕"),
        security=make_user(Role.SECURITY_ADMINISTRATOR, street, name="吴永刚"),
    )

"""Volunteers where other rooms meet them: a merge of residents, the search box, worklists, numbers."""

from datetime import date

import pytest
from django.utils import timezone

from portal.finders import find
from portal.ledgers import ledgers
from portal.roles import Role
from portal.worklists import worklists
from residents.ages import years_before
from residents.duplicates.deciding import propose
from residents.duplicates.merging import MERGED, SURVIVOR, Choices, merge
from residents.duplicates.references import conflicts
from residents.models import DuplicatePair
from tests.factories import people
from tests.factories import volunteers as make
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 8)


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def leader(make_user, community):
    return make_user(Role.VOLUNTEER_LEADER, community)


@pytest.fixture
def twins(community, clerk, acting):
    with acting(clerk):
        one = people.resident(community, "黄文发", phone="13800000001")
        other = people.resident(community, "黄文法", id_number="", no_id_reason="拒报")
        other.spells.update(
            starts_on=date(2018, 1, 1), ends_on=date(2019, 12, 31), ended_by="moved"
        )
        yield one, other


def pair_of(one, other, by):
    pair = propose(one, other, by=by)
    return DuplicatePair.objects.select_related("first", "second", "unit").get(pk=pair.pk)


def test_a_merge_of_residents_carries_the_volunteer(twins, community, clerk):
    one, other = twins
    person = make.volunteer(community, resident=other)
    make.membership(make.org(community), person)
    merge(pair_of(one, other, clerk), survivor=one, choices=Choices(), by=clerk)
    person.refresh_from_db()
    assert (person.resident, person.called) == (one, "黄文发")
    assert person.memberships.kept().count() == 1


@pytest.mark.parametrize("kept", [SURVIVOR, MERGED])
def test_of_two_volunteers_of_one_person_one_is_chosen(twins, community, clerk, kept):
    one, other = twins
    first = make.volunteer(community, resident=one)
    second = make.volunteer(community, resident=other)
    [conflict] = conflicts(one, other)
    assert conflict.message == "这位居民已登记为志愿者。"
    choices = Choices(rows={conflict.name: kept})
    merge(pair_of(one, other, clerk), survivor=one, choices=choices, by=clerk)
    chosen = first if kept == SURVIVOR else second
    assert list(Volunteer.objects.kept()) == [chosen]


@pytest.mark.parametrize("typed", ["林晓燕", "lxy", "00001"])
def test_the_search_box_finds_volunteers_for_a_leader_too(community, acting, clerk, leader, typed):
    with acting(community):
        person = make.volunteer(community)
    for user in (clerk, leader):
        with acting(user):
            [group] = find(user, typed)
            [hit] = group.hits
            assert (group.title, hit.name, hit.number) == (
                "志愿者",
                "林晓燕",
                person.serial_number,
            )


def due(code, user, units):
    worklist = worklists[code]
    return list(worklist.for_user(worklist.rows(frozenset(units)), user))


def test_guardians_are_asked_of_those_under_age(community, acting, clerk):
    today = timezone.localdate()
    with acting(clerk):
        born = years_before(today, 17)
        asked = make.volunteer(community, "甲", born_on=born)
        make.volunteer(community, "乙", born_on=born, guardian_name="丙", guardian_agreed_on=DAY)
        make.volunteer(community, "丁", born_on=years_before(today, 18))
        make.volunteer(community, "戊", born_on=born, left_on=today)
        young = people.resident(community, born_on=born)
        of_register = make.volunteer(community, resident=young)
        assert due("volunteers.guardians", clerk, [community.pk]) == [asked, of_register]


def test_the_list_tells_who_was_a_volunteer_on_a_day(community, acting, clerk, client_of):
    with acting(community):
        make.volunteer(community, "早退", left_on=date(2024, 12, 31))
        make.volunteer(community, "在册")
    desk = client_of(clerk)
    page = desk.get("/ledger/volunteers/?as_of=2025-01-01").content.decode()
    assert "在册" in page
    assert "早退" not in page
    assert "早退" in desk.get("/ledger/volunteers/?as_of=2024-12-30").content.decode()


def test_the_list_is_divided_by_team_sex_and_origin(community, acting, clerk, client_of):
    with acting(community):
        station = make.org(community)
        team = make.org(community, "巡逻队", kind="team", parent=station)
        make.membership(team, make.volunteer(community, "队中人"))
        make.volunteer(community, resident=people.resident(community, "册中人"))
    desk = client_of(clerk)
    for query, shown, hidden in (
        (f"of_org={station.pk}", "队中人", "册中人"),
        ("origin=resident", "册中人", "队中人"),
        ("by_sex=1", "册中人", "队中人"),
        ("standing=active&by_sex=2", "队中人", "册中人"),
    ):
        page = desk.get(f"/ledger/volunteers/?{query}").content.decode()
        rows = page[page.index("<tbody") : page.index("</tbody>")]
        assert shown in rows, query
        assert hidden not in rows, query


def test_numbers_are_opened_for_a_purpose_and_never_by_a_leader(
    community, acting, clerk, leader, client_of
):
    with acting(community):
        person = make.volunteer(community)
    path = f"/ledger/volunteers/{person.pk}/unmask/phone/"
    desk = client_of(clerk)
    assert "13874815522" not in desk.get(path).content.decode()
    opened = desk.post(path, {"purpose": "办理业务核对"})
    assert "13874815522" in opened.content.decode()
    assert client_of(leader).get(path).status_code == 403
    assert "phone" in ledgers["volunteers"].unmaskable

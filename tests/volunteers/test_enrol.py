"""Becoming a volunteer and leaving: whoever may, once, with a number of their own."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.roles import Role
from residents.enums import Sex
from tests.factories import people, volunteers
from volunteers.enums.volunteers import JoiningManner
from volunteers.models import Volunteer
from volunteers.resolving import find_volunteer, org_finder
from volunteers.selectors.volunteers import active_on, search_volunteers
from volunteers.services.volunteers import enrol, leave

pytestmark = pytest.mark.django_db
JOINED = date(2025, 3, 5)
ID = people.id_number(date(1990, 5, 6), 222)


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


def new(unit, **fields):
    fields = {
        "name": "林晓燕",
        "sex": Sex.FEMALE,
        "born_on": date(1990, 5, 6),
        "joined_on": JOINED,
        "manner": JoiningManner.PAPER,
        "evidence": "申请表",
    } | fields
    return Volunteer(unit=unit, **fields)


GUARDIAN = {
    "guardian_name": "林建国",
    "guardian_phone": "13800138000",
    "guardian_agreed_on": JOINED,
}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, set()),
        ({"born_on": date(2011, 3, 5)} | GUARDIAN, set()),  # 14 on that very day
        ({"born_on": date(2011, 3, 6)} | GUARDIAN, {"born_on"}),  # still 13
        ({"born_on": date(2007, 3, 6)}, set(GUARDIAN)),  # 17
        ({"born_on": date(2007, 3, 5)}, set()),  # 18
        ({"born_on": None}, {"born_on"}),
        ({"evidence": ""}, {"evidence"}),
        ({"joined_on": timezone.localdate() + timedelta(days=1)}, {"joined_on"}),
    ],
)
def test_who_may_join(community, acting, fields, wrong):
    with acting(community):
        if wrong:
            with pytest.raises(ValidationError) as refused:
                enrol(new(community, **fields), by=None)
            assert set(refused.value.message_dict) == wrong
            assert not Volunteer.objects.exists()
        else:
            assert enrol(new(community, **fields), by=None).pk


def test_a_13_year_old_hears_the_age(community, acting):
    with acting(community), pytest.raises(ValidationError, match="13 周岁，未满 14 周岁"):
        enrol(new(community, born_on=date(2012, 1, 1)), by=None)


def test_numbers_run_on_and_a_register_keeps_its_own(community, acting):
    with acting(community):
        first = enrol(new(community), by=None)
        assert first.serial_number == f"{community.code}-00001"
        old = new(community, name="何秀英", serial_number=f"{community.code}-00041")
        assert enrol(old, by=None).serial_number.endswith("-00041")
        assert enrol(new(community, name="周文"), by=None).serial_number.endswith("-00042")
        kept = enrol(new(community, name="吴敏", serial_number="春明志 7"), by=None)
        assert kept.serial_number == "春明志 7"


def test_nobody_is_a_volunteer_twice_at_a_time(community, acting):
    with acting(community):
        person = people.resident(community)
        fields = {"name": "", "resident": person, "born_on": None, "sex": None}
        first = enrol(new(community, **fields), by=None)
        with pytest.raises(ValidationError, match=first.serial_number):
            enrol(new(community, **fields), by=None)
        number = people.id_number()
        enrol(new(community, number=number, id_kind="citizen"), by=None)
        with pytest.raises(ValidationError, match="已是志愿者"):
            enrol(new(community, number=number, id_kind="citizen"), by=None)
        leave(first, date(2025, 6, 1), "搬走")
        assert enrol(new(community, **fields), by=None).pk != first.pk


def test_leaving_ends_what_they_belong_to(community, acting):
    with acting(community):
        person = volunteers.volunteer(community)
        team = volunteers.org(community)
        other = volunteers.org(community, "巡逻队", kind="team")
        lasting = volunteers.membership(team, person)
        later = volunteers.membership(other, person, starts_on=date(2025, 8, 1))
        with pytest.raises(ValidationError, match="不能早于加入日期"):
            leave(person, date(2024, 3, 4), "搬走")
        leave(person, date(2025, 6, 1), "搬走")
        lasting.refresh_from_db()
        later.refresh_from_db()
        assert lasting.ends_on == date(2025, 5, 31)
        assert later.deleted_at
        assert active_on(date(2025, 5, 31)).get() == person
        assert not active_on(date(2025, 6, 1)).exists()
        assert not active_on(date(2024, 3, 4)).exists()


def test_leaving_locks_the_shifts_in_their_order_then_the_person(community, acting):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with acting(community):
        person = volunteers.volunteer(community)
        of = volunteers.announced(community, tomorrow)
        first, second = (volunteers.shift(of, hour, 1, name=f"{hour}点") for hour in (9, 14))
        for each in (second, first):
            volunteers.sign_up(each, person)
        with CaptureQueriesContext(connection) as queries:
            leave(person, timezone.localdate(), "搬走")
    asked = [query["sql"] for query in queries]
    wanted = (
        *(f'"volunteers_shift"."id" = {each.pk} ' for each in (first, second)),
        f'"volunteers_volunteer"."id" = {person.pk} ',
    )
    locks = [sql for sql in asked if "FOR NO KEY UPDATE" in sql]
    for sql, key in zip(locks, wanted, strict=False):
        assert key in sql
    changed = next(n for n, sql in enumerate(asked) if sql.startswith("UPDATE"))
    assert asked.index(locks[2]) < changed


@pytest.mark.parametrize(
    ("state", "day", "refused"),
    [
        ("confirmed", date(2025, 3, 7), True),
        ("confirmed", date(2025, 3, 8), True),
        ("confirmed", date(2025, 3, 9), False),
        ("revoked", date(2025, 3, 8), False),
    ],
)
def test_nobody_leaves_before_their_last_service(community, acting, state, day, refused):
    with acting(community):
        person = volunteers.volunteer(community)
        void = {"void_reason": "没有到场"} if state == "revoked" else {}
        volunteers.service(person, volunteers.held(community), state=state, **void)
        if refused:
            with pytest.raises(ValidationError, match="2025-03-08有服务记录") as told:
                leave(person, day, "搬走")
            assert set(told.value.message_dict) == {"left_on"}
        else:
            assert leave(person, day, "搬走").left_on == day


@pytest.mark.parametrize(
    "typed", ["林晓燕", "lxy", "linxiao", "5522", "13874815522", "00001", "1", ID]
)
def test_volunteers_are_found(community, acting, typed):
    with acting(community):
        person = volunteers.volunteer(community, number=ID)
        found = search_volunteers(Volunteer.objects.all(), typed)
        assert list(found) == ([] if typed in ("1", ID) else [person])


def test_residents_are_found_as_volunteers(community, acting):
    with acting(community):
        person = volunteers.volunteer(community, resident=people.resident(community))
        for typed in ("黄文发", "hwf", person.serial_number.lower()):
            assert list(search_volunteers(Volunteer.objects.all(), typed)) == [person]


def test_rows_of_files_name_volunteers(community, acting, worker):
    with acting(community):
        first = volunteers.volunteer(community)
        second = volunteers.volunteer(community)
        cells = {"志愿者编号": "", "姓名": "林晓燕"}
        with pytest.raises(ValidationError, match="同名"):
            find_volunteer(cells, worker, community)
        by_number = cells | {"志愿者编号": second.serial_number}
        assert find_volunteer(by_number, worker, community) == second
        with pytest.raises(ValidationError, match="不一致"):
            find_volunteer(by_number | {"姓名": "何秀英"}, worker, community)
        leave(second, date(2025, 6, 1), "搬走")
        assert find_volunteer(cells, worker, community) == first


def test_rows_of_files_name_organisations(community, acting, worker):
    with acting(community):
        station = volunteers.org(community)
        find = org_finder("志愿服务组织")
        assert find({"志愿服务组织": station.name}, worker, community) == station
        assert find({"志愿服务组织": ""}, worker, community) is None
        with pytest.raises(ValidationError, match="请先登记组织"):
            find({"志愿服务组织": "没有"}, worker, community)

"""Check-in and check-out by the QR of a shift: once each, by who stands there, within the shift."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.roles import Role
from tests.factories import volunteers as made
from tests.volunteers.public_phone import enter, text_of
from volunteers.enums.activities import ActivityState
from volunteers.enums.hours import HoursState, RecordManner
from volunteers.models import ServiceRecord, Shift
from volunteers.selectors.hours import told_hours
from volunteers.selectors.links import checkin_code, checkin_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(community, acting):
    with acting(community):
        return made.volunteer(community)


@pytest.fixture
def phone(client, me):
    enter(client, me)
    return client


@pytest.fixture
def make_shift(community, acting):
    """``make_shift(unit, begins=-60)``: of an activity of today that began so many minutes ago."""

    def make(unit=community, begins=-60, minutes=120, **fields):
        now = timezone.now()
        starts_at = now + timedelta(minutes=begins)
        with acting(unit):
            of = made.announced(unit, timezone.localdate(starts_at), **fields)
            return Shift.objects.create(
                unit=unit,
                activity=of,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=minutes),
                capacity=5,
            )

    return make


@pytest.fixture
def records(acting, community):
    def read():
        with acting(community):
            return list(ServiceRecord.objects.order_by("pk"))

    return read


def came_earlier(acting, record, minutes=45):
    with acting(record.unit):
        record.came_at -= timedelta(minutes=minutes)
        record.save()


def test_coming_and_leaving_by_two_taps_each_that_count_once(
    phone, me, acting, community, make_shift, records
):
    shift = make_shift()
    path = checkin_path(shift)
    assert "签到" in text_of(phone.get(path))
    for _ in range(2):
        assert phone.post(path, {"act": "in", "after": ""})["Location"] == path
    [record] = records()
    assert (record.volunteer_id, record.state) == (me.pk, HoursState.OPEN)
    assert record.manner == RecordManner.QR
    with acting(community):
        shift.activity.refresh_from_db()
        assert shift.activity.state == ActivityState.HELD
    came_earlier(acting, record)
    assert "已签到" in text_of(phone.get(path))
    for _ in range(2):
        assert phone.post(path, {"act": "out", "pause": "15"})["Location"] == path
    [record] = records()
    assert record.state == HoursState.RECORDED
    assert record.minutes in {30, 31}  # a minute may end meanwhile
    assert f"{told_hours(record.minutes)} 小时" in text_of(phone.get(path))
    phone.post(path, {"act": "in", "after": ""})  # the page from before, tapped again
    assert len(records()) == 1


def test_who_comes_back_checks_in_again(phone, me, acting, community, make_shift, records):
    path = checkin_path(make_shift())
    phone.post(path, {"act": "in", "after": ""})
    came_earlier(acting, records()[0])
    phone.post(path, {"act": "out"})
    [first] = records()
    with acting(community):
        first.left_at -= timedelta(minutes=10)
        first.derive()
        first.save()
    phone.post(path, {"act": "in", "after": str(first.pk)})
    assert [record.state for record in records()] == [HoursState.RECORDED, HoursState.OPEN]


@pytest.mark.parametrize(
    ("begins", "told"), [(60, "还没有到签到时间"), (-300, "班次已于"), (-1500, "班次已于")]
)
def test_outside_the_shift_nobody_checks_in(phone, make_shift, records, begins, told):
    answer = phone.post(checkin_path(make_shift(begins=begins)), {"act": "in", "after": ""})
    assert answer.status_code == 200
    assert told in text_of(answer)
    assert records() == []


def test_two_shifts_at_once_are_refused_with_the_reason(phone, make_shift, records):
    phone.post(checkin_path(make_shift()), {"act": "in", "after": ""})
    other = make_shift(title="义务巡逻")
    answer = phone.post(checkin_path(other), {"act": "in", "after": ""})
    assert "请先签退再签到" in text_of(answer)
    assert len(records()) == 1


def test_what_cannot_be_is_refused_at_its_field(phone, acting, make_shift, records):
    path = checkin_path(make_shift())
    phone.post(path, {"act": "in", "after": ""})
    assert "签退时间应晚于签到时间" in text_of(phone.post(path, {"act": "out"}))
    came_earlier(acting, records()[0], 45)
    assert "休息时间应短于服务时间" in text_of(phone.post(path, {"act": "out", "pause": "45"}))
    assert "休息时间不能是负数" in text_of(phone.post(path, {"act": "out", "pause": "-5"}))
    assert records()[0].state == HoursState.OPEN


def test_a_wrong_code_and_a_shift_elsewhere_or_called_off_are_one_missing_page(
    phone, client, me, other_community, acting, community, make_shift, records
):
    here, foreign = make_shift(), make_shift(other_community)
    off = make_shift(state=ActivityState.CANCELLED, cancelled_for="下雨")
    pages = set()
    for path in (
        f"/public/volunteers/shift/{here.pk}/AAAAAAAAAA/",
        f"/public/volunteers/shift/{here.pk}/{checkin_code(foreign.pk)}/",
        f"/public/volunteers/shift/987654/{checkin_code(987654)}/",
        checkin_path(foreign),
        checkin_path(off),
    ):
        for answer in (phone.get(path), phone.post(path, {"act": "in", "after": ""})):
            assert answer.status_code == 404
            pages.add(text_of(answer))
    assert len(pages) == 1
    assert records() == []


def test_a_phone_that_knows_nobody_checks_nobody_in(client, make_shift, records):
    path = checkin_path(make_shift())
    answer = client.post(path, {"act": "in", "after": ""})
    assert "印在志愿者证上" in text_of(answer)
    assert "周末清洁家园" not in text_of(answer)
    assert records() == []


# --- the poster -----------------------------------------------------------------------------------
def test_the_leader_prints_the_poster_and_nobody_elsewhere(
    client_of, make_user, community, other_community, make_shift
):
    shift = make_shift()
    path = f"/volunteers/shifts/{shift.pk}/qr/"
    leader = client_of(make_user(Role.VOLUNTEER_LEADER, community))
    answer = leader.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    elsewhere = client_of(make_user(Role.VOLUNTEER_LEADER, other_community))
    assert elsewhere.get(path).status_code == 404

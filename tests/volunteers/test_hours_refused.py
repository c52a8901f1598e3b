"""What no record of service may say: each is refused with its reason (issue 6, "It must show")."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.roles import Role
from portal.scope import Denied
from tests.factories import volunteers as make
from volunteers.enums.hours import HoursState, RecordManner
from volunteers.models import ServiceRecord, VolunteerInsurance
from volunteers.services.hours import check_in, check_out, record_later, take
from volunteers.services.shifts import sign_up

DAY = make.DAY
QR = RecordManner.QR


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "clerk", name="李梅")


@pytest.fixture
def leader(make_user, community):
    return make_user(Role.VOLUNTEER_LEADER, community, "leader", name="郑队长")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, "head", name="周书记")


@pytest.fixture
def clock(monkeypatch):
    """``clock(hour, minute)``: the time of the activity's day, or of a day given."""

    def set_to(hour, minute=0, day=DAY):
        now = make.at(day, hour, minute)
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    set_to(9)
    return set_to


@pytest.fixture
def scene(acting, community, clock):
    """A held clean-up with a morning shift, and a volunteer, in the community's scope."""
    with acting(community):
        activity = make.held(community)
        yield make.shift(activity), make.volunteer(community)


def told(caught) -> dict:
    error = caught.value
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def later(unit, person, activity, **fields):
    fields = {"manner": RecordManner.LATER, "reason": "纸质签到表"} | fields
    fields.setdefault("occurred_on", activity.starts_on)
    return ServiceRecord(unit=unit, volunteer=person, activity=activity, **fields)


def test_two_people_checked_in_twice_in_overlapping_shifts(scene, community, clock):
    shift, one = scene
    other = make.volunteer(community, "高建国")
    patrol = make.shift(make.held(community, title="义务巡逻", code="patrol"), start=10)
    for person in (one, other):
        check_in(shift, person, manner=QR)
    clock(10)
    for person in (one, other):
        with pytest.raises(ValidationError) as caught:
            check_in(patrol, person, manner=QR)
        assert told(caught) == {
            "came_at": [
                f"{person}已在“周末清洁家园”签到（3月8日 09:00签到，还没有签退），请先签退再签到。"
            ]
        }
    assert ServiceRecord.objects.count() == 2


def test_times_that_overlap_a_finished_record(scene, community, clerk, clock):
    shift, person = scene
    make.service(person, shift.activity, start=9, minutes=120)
    clock(15)
    patrol = make.held(community, title="义务巡逻")
    crossing = later(
        community, person, patrol, came_at=make.at(DAY, 10, 30), left_at=make.at(DAY, 12)
    )
    with pytest.raises(ValidationError) as caught:
        record_later(crossing, by=clerk)
    assert "“周末清洁家园”3月8日 09:00—11:00，时间不能重叠" in told(caught)["came_at"][0]
    behind = later(community, person, patrol, came_at=make.at(DAY, 11), left_at=make.at(DAY, 12))
    assert record_later(behind, by=clerk).minutes == 60


def test_the_database_refuses_an_overlap_that_no_form_saw(scene):
    shift, person = scene
    make.service(person, shift.activity, start=9, minutes=120)
    with pytest.raises(IntegrityError, match="servicerecord_one_at_a_time"), transaction.atomic():
        make.service(person, shift.activity, start=10, minutes=30)


def test_26_hours_in_a_day(scene, community, clerk, clock):
    shift, person = scene
    clock(12, day=DAY + timedelta(days=2))
    with pytest.raises(ValidationError) as caught:
        record_later(
            later(
                community,
                person,
                shift.activity,
                came_at=make.at(DAY, 7),
                left_at=make.at(DAY + timedelta(days=1), 9),
            ),
            by=clerk,
        )
    assert told(caught) == {"left_at": ["一次服务不能超过 24 小时，请核对签到和签退时间。"]}
    record_later(later(community, person, shift.activity, minutes=14 * 60), by=clerk)
    with pytest.raises(ValidationError) as caught:
        record_later(later(community, person, shift.activity, minutes=12 * 60), by=clerk)
    assert "已有14.00小时，加上这次12.00小时，一天超过 24 小时" in told(caught)["minutes"][0]


def test_a_risk_is_taken_by_the_insured_alone(scene, community):
    _, person = scene
    patrol = make.shift(make.held(community, title="义务巡逻", code="patrol"))
    with pytest.raises(ValidationError) as caught:
        check_in(patrol, person, manner=QR)
    [message] = told(caught)["volunteer"]
    assert "2025-03-08没有有效的保险，不能签到" in message
    assert not ServiceRecord.objects.exists()
    VolunteerInsurance.objects.create(
        unit=community, volunteer=person, insurer="人保", starts_on=DAY, ends_on=DAY
    )
    assert check_in(patrol, person, manner=QR).state == HoursState.OPEN


def test_a_minor_comes_with_the_guardians_consent(scene, community):
    shift, _ = scene
    born = DAY.replace(year=DAY.year - 16)
    person = make.volunteer(community, "周小童", born_on=born)
    with pytest.raises(ValidationError) as caught:
        check_in(shift, person, manner=QR)
    assert told(caught) == {
        "volunteer": ["周小童未满 18 周岁，监护人还没有同意，不能签到；请先登记监护人的同意。"]
    }
    with pytest.raises(ValidationError) as caught:
        sign_up(make.shift(make.announced(community, timezone.localdate() + timedelta(3))), person)
    assert told(caught) == {"volunteer": ["未满 18 周岁，监护人还没有同意，不能报名。"]}
    person.guardian_name, person.guardian_agreed_on = "周建国", DAY
    person.save()
    assert check_in(shift, person, manner=QR).state == HoursState.OPEN


def test_check_out_before_check_in(scene, clerk, clock):
    shift, person = scene
    record = check_in(shift, person, manner=QR)
    clock(12)
    with pytest.raises(ValidationError) as caught:
        check_out(record, by=clerk, at=make.at(DAY, 8, 50))
    assert told(caught) == {"left_at": ["签退时间应晚于签到时间（3月8日 09:00）。"]}
    record.refresh_from_db()
    assert record.state == HoursState.OPEN


def test_a_13_year_old(scene, community):
    shift, _ = scene
    child = make.volunteer(community, "周小宇", born_on=date(2011, 3, 9))
    with pytest.raises(ValidationError) as caught:
        check_in(shift, child, manner=QR)
    assert told(caught) == {"volunteer": ["周小宇当天13岁，不满14周岁，不能参加志愿服务。"]}
    of_that_day = make.volunteer(
        community, "周小青", born_on=date(2011, 3, 8), guardian_agreed_on=DAY
    )
    assert check_in(shift, of_that_day, manner=QR).state == HoursState.OPEN


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"joined_on": date(2025, 3, 9)}, "2025-03-09才加入"),
        ({"left_on": date(2025, 3, 8)}, "已于2025-03-08退出"),
    ],
)
def test_no_volunteer_on_that_day(scene, community, fields, message):
    shift, _ = scene
    person = make.volunteer(community, "高建国", **fields)
    with pytest.raises(ValidationError) as caught:
        check_in(shift, person, manner=QR)
    assert message in told(caught)["volunteer"][0]


@pytest.mark.parametrize(
    ("hour", "minute", "message"),
    [
        (8, 29, "还没有到签到时间，3月8日 08:30起可以签到。"),
        (12, 1, "班次已于3月8日 12:00结束，不能再签到；确实参加了的，请负责人事后补记。"),
    ],
)
def test_outside_the_time_of_the_shift(scene, clock, hour, minute, message):
    shift, person = scene
    clock(hour, minute)
    with pytest.raises(ValidationError) as caught:
        check_in(shift, person, manner=QR)
    assert told(caught) == {"came_at": [message]}


@pytest.mark.parametrize(("hour", "minute"), [(8, 30), (12, 0)])
def test_the_edges_of_the_shift_are_within_it(scene, clock, hour, minute):
    shift, person = scene
    clock(hour, minute)
    assert check_in(shift, person, manner=QR).state == HoursState.OPEN


def test_an_activity_that_was_cancelled(scene, community, clock):
    _, person = scene
    off = make.announced(community, state="cancelled", cancelled_for="下雨")
    with pytest.raises(ValidationError) as caught:
        check_in(make.shift(off), person, manner=QR)
    assert "已取消" in told(caught)["activity"][0]


def test_a_forgotten_check_out_needs_the_leader_the_time_and_a_reason(scene, leader, clock):
    shift, person = scene
    record = check_in(shift, person, manner=QR)
    clock(13, 1)
    with pytest.raises(ValidationError, match="请联系活动负责人补登签退时间"):
        check_out(record)
    with pytest.raises(ValidationError) as caught:
        check_out(record, by=leader)
    assert set(told(caught)) == {"left_at", "reason"}
    closed = check_out(record, by=leader, at=make.at(DAY, 11, 30), pause=30, reason="手机没电")
    assert (closed.state, closed.minutes, closed.reason) == ("recorded", 120, "手机没电")
    with pytest.raises(ValidationError, match="已经签退"):
        check_out(closed, by=leader)


def test_the_volunteer_leaves_by_their_own_link(scene, clock):
    shift, person = scene
    record = check_in(shift, person, manner=QR)
    clock(11, 45)
    assert check_out(record).minutes == 165


def test_more_than_the_day_may_hold_waits_for_approval(
    scene, community, clerk, leader, head, clock
):
    shift, person = scene
    clock(12, day=DAY + timedelta(days=1))
    first = record_later(later(community, person, shift.activity, minutes=300), by=clerk)
    second = record_later(later(community, person, shift.activity, minutes=200), by=clerk)
    with pytest.raises(ValidationError, match=r"当天共8.33小时，超过每日上限8.00小时"):
        take([first], "confirm", by=leader)
    with pytest.raises(Denied):
        take([first], "approve", by=leader)
    first, second = take([first, second], "approve", by=head)
    assert first.approved_by == head
    confirmed = take([first, second], "confirm", by=leader)
    assert {each.state for each in confirmed} == {HoursState.CONFIRMED}


def test_up_to_the_limit_nothing_is_to_be_approved(scene, community, clerk, leader, head, clock):
    shift, person = scene
    clock(12, day=DAY + timedelta(days=1))
    record = record_later(later(community, person, shift.activity, minutes=480), by=clerk)
    with pytest.raises(ValidationError, match="没有超过每日上限"):
        take([record], "approve", by=head)
    [confirmed] = take([record], "confirm", by=leader)
    assert (confirmed.confirmed_by, confirmed.confirmed_on) == (leader, date(2025, 3, 9))


def test_who_wrote_it_down_afterwards_does_not_confirm_it(scene, community, clerk, leader, clock):
    shift, person = scene
    clock(15)
    record = record_later(later(community, person, shift.activity, minutes=60), by=clerk)
    with pytest.raises(ValidationError, match="不能由补记人自己确认"):
        take([record], "confirm", by=clerk)
    take([record], "confirm", by=leader)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"minutes": 60, "reason": ""}, "reason"),
        ({"reason": "漏记"}, "minutes"),
        ({"minutes": 60, "occurred_on": date(2025, 3, 9)}, "occurred_on"),
        ({"left_at": make.at(DAY, 10)}, "came_at"),
        ({"came_at": make.at(DAY, 10), "left_at": make.at(DAY, 16)}, "left_at"),
        (
            {"came_at": make.at(DAY, 9), "left_at": make.at(DAY, 10), "pause_minutes": 60},
            "pause_minutes",
        ),
    ],
)
def test_what_is_noted_later_says_when_how_long_and_why(
    scene, community, clerk, clock, fields, field
):
    shift, person = scene
    clock(15)
    with pytest.raises(ValidationError) as caught:
        record_later(later(community, person, shift.activity, **fields), by=clerk)
    assert set(told(caught)) == {field}
    assert not ServiceRecord.objects.exists()


def test_what_was_confirmed_is_not_changed_but_corrected(scene, clerk, clock):
    shift, person = scene
    record = make.service(person, shift.activity, state=HoursState.CONFIRMED)
    clock(15)
    record.minutes = 600
    with pytest.raises(ValidationError, match="请登记更正申请"):
        record_later(record, by=clerk)


def test_who_types_when_somebody_left_does_not_confirm_it(scene, clerk, leader, clock):
    shift, person = scene
    record = check_in(shift, person, manner=RecordManner.LEADER, by=leader)
    clock(11)
    with pytest.raises(ValidationError) as caught:
        check_out(record, by=leader, at=make.at(DAY, 10, 50))
    assert set(told(caught)) == {"reason"}
    closed = check_out(record, by=leader, at=make.at(DAY, 10, 50), reason="手机没电")
    assert (closed.manner, closed.recorded_by) == (RecordManner.LATER, leader)
    with pytest.raises(ValidationError, match="不能由补记人自己确认"):
        take([closed], "confirm", by=leader)
    take([closed], "confirm", by=clerk)


def test_by_the_list_a_leader_still_closes_and_confirms(scene, leader, clock):
    shift, person = scene
    record = check_in(shift, person, manner=RecordManner.LEADER, by=leader)
    clock(11)
    closed = check_out(record, by=leader)
    assert closed.manner == RecordManner.LEADER
    take([closed], "confirm", by=leader)


@pytest.mark.parametrize("changed", ["left_at", "pause_minutes", "volunteer", "minutes"])
def test_who_changes_times_or_person_does_not_confirm_it(
    scene, community, clerk, leader, clock, changed
):
    shift, person = scene
    record = make.service(person, shift.activity, state=HoursState.RECORDED)
    clock(15)
    if changed == "left_at":
        record.left_at = make.at(DAY, 12)
    elif changed == "pause_minutes":
        record.pause_minutes = 10
    elif changed == "volunteer":
        record.volunteer = make.volunteer(community, "高建国")
    else:
        record.came_at = record.left_at = None
        record.minutes = 300
    with pytest.raises(ValidationError) as caught:
        record_later(record, by=leader)
    assert set(told(caught)) == {"reason"}
    record.reason = "签到表写错"
    record_later(record, by=leader)
    assert (record.manner, record.recorded_by) == (RecordManner.LATER, leader)
    with pytest.raises(ValidationError, match="不能由补记人自己确认"):
        take([record], "confirm", by=leader)
    take([record], "confirm", by=clerk)


def test_a_record_is_new_as_written_down_later_whoever_asks(scene, community, clerk, clock):
    shift, person = scene
    clock(15)
    record = later(community, person, shift.activity, minutes=60, manner=RecordManner.LEADER)
    assert record_later(record, by=clerk).manner == RecordManner.LATER

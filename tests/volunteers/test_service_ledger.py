"""服务记录 by hand and from old registers: times or hours, what is refused, what may still be changed."""

from datetime import date

import pytest
from django.utils import timezone

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.models import RoleAssignment
from portal.roles import Role
from tests.disability.posting import keyed
from tests.factories import volunteer_hours
from tests.factories import volunteers as make
from tests.imports.conftest import xlsx
from volunteers.enums.hours import HoursState as S
from volunteers.enums.hours import RecordManner
from volunteers.models import ServiceRecord
from volunteers.selectors.hours import barred

DAY = make.DAY
URL = "/ledger/service-records/"
HEAD = ["志愿者编号", "姓名", "活动名称", "活动日期", "服务日期"]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.at(date(2025, 4, 1), 10))


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "clerk", name="李梅")


@pytest.fixture
def scene(acting, community):
    with acting(community):
        yield make.held(community), make.volunteer(community)


@pytest.fixture
def bring(clerk, community, acting):
    def brought(*rows, by=clerk):
        with acting(by):
            ledger = ledgers["service-records"]
            return run(xlsx(服务记录=rows), ledger=ledger, unit=community, by=by, commit=True)

    return brought


def sent(scene, **fields):
    activity, person = scene
    known = {
        "activity": activity.pk,
        "activity_text": "",
        "volunteer": person.pk,
        "volunteer_text": "",
        "occurred_on": str(DAY),
        "came": "",
        "left": "",
        "hours": "",
        "pause_minutes": "0",
        "reason": "纸质签到表",
        "what": "",
        "recorder": "李梅",
        "minutes": "",
    }
    return keyed(known | fields)


def test_by_the_clock_the_minutes_follow(scene, client_of, clerk):
    answer = client_of(clerk).post(
        f"{URL}add/", sent(scene, came="9:00", left="11:30", pause_minutes="15")
    )
    assert answer.status_code == 302
    record = ServiceRecord.objects.get()
    assert (record.minutes, record.state, record.recorded_by) == (135, S.RECORDED, clerk)
    page = client_of(clerk).get(f"{URL}{record.pk}/").content.decode()
    assert "2.25" in page


def test_only_the_hours_are_known(scene, client_of, clerk):
    client_of(clerk).post(f"{URL}add/", sent(scene, hours="1.5", occurred_on=""))
    record = ServiceRecord.objects.get()
    assert (record.minutes, record.came_at, record.occurred_on) == (90, None, DAY)


def test_the_screen_does_not_hear_that_hours_counted(scene, client_of, clerk):
    client_of(clerk).post(f"{URL}add/", sent(scene, hours="1.5", counted="2025-03-20"))
    assert ServiceRecord.objects.get().state == S.RECORDED


def test_a_night_that_ends_on_the_next_day(scene, client_of, clerk):
    client_of(clerk).post(f"{URL}add/", sent(scene, came="22:00", left="1:00", next_day="on"))
    record = ServiceRecord.objects.get()
    assert (record.minutes, record.occurred_on) == (180, DAY)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"came": "11:00", "left": "9:00"}, "签退时间应晚于签到时间（3月8日 11:00）。"),
        ({"left": "9:00"}, "有签退时间的，也要填签到时间。"),
        ({"came": "9:00"}, "请填写签到和签退时间，或服务时长。"),
        ({"came": "9:00", "hours": "2"}, "只知道时长的，两个时间都不填。"),
        ({}, "请填写签到和签退时间，或服务时长。"),
        ({"hours": "25"}, "数字太大"),
        ({"hours": "0.001"}, "小数"),
        ({"hours": "2", "reason": ""}, "事后补记的，请写明原因。"),
        ({"hours": "2", "occurred_on": "2025-03-09"}, "服务日期不在活动的日期（2025-03-08）之内。"),
        ({"hours": "2", "occurred_on": "2025-05-01"}, "不能晚于今天"),
    ],
)
def test_what_the_form_refuses(scene, client_of, clerk, fields, message):
    page = client_of(clerk).post(f"{URL}add/", sent(scene, **fields)).content.decode()
    assert message in page
    assert not ServiceRecord.objects.exists()


def test_many_of_one_activity_on_one_screen(scene, client_of, clerk, community):
    activity, person = scene
    other = make.volunteer(community, "高建国")
    page = client_of(clerk).get(f"{URL}add-many/?activity={activity.pk}").content.decode()
    assert "志愿服务登记表" in page
    common = {"activity": activity.pk, "activity_text": "", "occurred_on": str(DAY)}
    common |= {"reason": "纸质签到表", "recorder": "李梅"}
    lines = {
        "l0-volunteer": person.pk, "l0-volunteer_text": "", "l0-came": "9:00", "l0-left": "11:00",
        "l1-volunteer": other.pk, "l1-volunteer_text": "", "l1-hours": "1.5",
    }  # fmt: skip
    answer = client_of(clerk).post(f"{URL}add-many/", keyed(common | lines))
    assert answer.status_code == 302, answer.context["lines"][:2]
    assert sorted(ServiceRecord.objects.values_list("minutes", flat=True)) == [90, 120]


def test_what_was_confirmed_is_neither_changed_nor_deleted(scene, client_of, clerk):
    activity, person = scene
    record = make.service(person, activity, state=S.CONFIRMED)
    client = client_of(clerk)
    page = client.get(f"{URL}{record.pk}/edit/").content.decode()
    assert "时长有误的，请登记更正申请" in page
    data = {"version": record.version, **sent(scene, came="9:00", left="17:00")}
    assert client.post(f"{URL}{record.pk}/edit/", data).status_code == 403
    client.post(f"{URL}{record.pk}/delete/", keyed({"version": record.version}))
    record.refresh_from_db()
    assert (record.minutes, record.deleted_at) == (120, None)


def test_a_recorded_one_is_corrected_with_a_reason_and_then_was_written_down_later(
    scene, client_of, clerk
):
    activity, person = scene
    record = make.service(person, activity, state=S.RECORDED)
    page = client_of(clerk).get(f"{URL}{record.pk}/edit/").content.decode()
    assert 'value="09:00"' in page
    assert 'name="manner"' not in page
    version = {"version": record.version}
    data = sent(scene, came="9:00", left="11:30", manner="leader", reason="") | version
    page = client_of(clerk).post(f"{URL}{record.pk}/edit/", data).content.decode()
    assert "事后补记的，请写明原因。" in page
    data = sent(scene, came="9:00", left="11:30", manner="leader") | version
    client_of(clerk).post(f"{URL}{record.pk}/edit/", data)
    record.refresh_from_db()
    found = (record.minutes, record.manner, record.recorded_by)
    assert found == (150, RecordManner.LATER, clerk)
    assert "不能由补记人自己确认" in barred(record, "confirm", clerk)


def test_other_words_leave_the_manner_as_it_was(scene, client_of, clerk):
    activity, person = scene
    record = make.service(person, activity, state=S.RECORDED)
    data = sent(scene, came="9:00", left="11:00", what="清扫楼道", reason="")
    client_of(clerk).post(f"{URL}{record.pk}/edit/", data | {"version": record.version})
    record.refresh_from_db()
    assert (record.what, record.manner) == ("清扫楼道", RecordManner.LEADER)


def test_what_is_typed_was_written_down_later_whatever_is_sent(scene, client_of, clerk):
    client = client_of(clerk)
    assert 'name="manner"' not in client.get(f"{URL}add/").content.decode()
    client.post(f"{URL}add/", sent(scene, hours="1.5", manner="leader"))
    record = ServiceRecord.objects.get()
    assert record.manner == RecordManner.LATER
    assert "不能由补记人自己确认" in barred(record, "confirm", clerk)


def test_an_old_register_knows_hours_alone_and_that_they_counted(scene, bring):
    activity, person = scene
    row = [person.serial_number, person.called, activity.title, str(DAY), str(DAY)]
    report = bring([*HEAD, "服务时长（小时）", "计入日期"], [*row, 2.5, "2025-03-20"])
    assert report.problems == []
    record = ServiceRecord.objects.get()
    assert (record.minutes, record.state, record.counted_on) == (150, S.COUNTED, date(2025, 3, 20))
    assert (record.manner, record.reason) == (RecordManner.LATER, "旧登记册补录")
    again = bring([*HEAD, "服务时长（小时）", "计入日期"], [*row, 2.5, "2025-03-20"])
    assert again.totals == {"new": 0, "changed": 0, "unchanged": 1, "refused": 0}


def test_a_register_in_minutes_or_by_the_clock(scene, bring, acting, community):
    activity, person = scene
    other = make.volunteer(community, "高建国")
    first = [person.serial_number, person.called, activity.title, str(DAY), str(DAY)]
    second = [other.serial_number, other.called, activity.title, str(DAY), str(DAY)]
    report = bring(
        [*HEAD, "签到时间", "签退时间", "服务时长（分钟）"],
        [*first, "", "", 45],
        [*second, "9:00", "11:00", ""],
    )
    assert report.problems == []
    found = ServiceRecord.objects.order_by("minutes").values_list("minutes", "state")
    assert list(found) == [(45, S.RECORDED), (120, S.RECORDED)]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"服务时长（小时）": 25}, "数字太大"),
        ({"服务时长（小时）": 2, "服务时长（分钟）": 60}, "与服务时长 60 分钟不符"),
        ({"服务时长（小时）": 2, "计入日期": "2025-03-01"}, "计入日期不能早于服务日期"),
        ({"签到时间": "11:00", "签退时间": "9:00"}, "签退时间应晚于签到时间"),
        ({"服务时长（小时）": 2, "服务日期": "2024-03-01"}, "才加入"),
    ],
)
def test_what_a_file_may_not_say(scene, bring, cells, message):
    activity, person = scene
    known = dict(
        zip(HEAD, [person.serial_number, person.called, activity.title, str(DAY), str(DAY)],
            strict=True)
    ) | cells  # fmt: skip
    report = bring(list(known), list(known.values()))
    assert any(message in str(p.message) or message in str(p.column) for p in report.problems)
    assert not ServiceRecord.objects.exists()


MANNERS = [*HEAD, "服务时长（小时）", "记录方式", "计入日期"]


def test_a_register_tells_the_manner_of_what_counted_alone(scene, bring, community):
    activity, person = scene
    other = make.volunteer(community, "高建国")
    rows = [
        [
            each.serial_number,
            each.called,
            activity.title,
            str(DAY),
            str(DAY),
            2,
            "现场名单",
            counted,
        ]
        for each, counted in ((person, "2025-03-20"), (other, ""))
    ]
    assert bring(MANNERS, *rows).problems == []
    found = ServiceRecord.objects.order_by("state").values_list("state", "manner")
    assert list(found) == [(S.COUNTED, RecordManner.LEADER), (S.RECORDED, RecordManner.LATER)]
    assert bring(MANNERS, *rows).totals["unchanged"] == 2


@pytest.mark.parametrize("sign", ["posting", "deleted posting", "checked in"])
def test_where_hours_are_kept_only_who_approves_brings_counted_ones(
    scene, bring, community, make_user, sign
):
    activity, person = scene
    if sign == "checked in":
        make.service(make.volunteer(community, "高建国"), activity, state=S.RECORDED)
    else:
        binned = timezone.now() if sign == "deleted posting" else None
        volunteer_hours.posting(community, deleted_at=binned)
    row = [person.serial_number, person.called, activity.title, str(DAY), str(DAY), 2]
    head = [*HEAD, "服务时长（小时）", "计入日期"]
    report = bring(head, [*row, "2025-03-20"])
    assert any("兼有登记和审批权限的账号导入" in str(p.message) for p in report.problems)
    assert not ServiceRecord.objects.filter(volunteer=person).exists()
    assert bring(head, [*row, ""]).problems == []
    ServiceRecord.objects.filter(volunteer=person).delete()
    both = make_user(Role.COMMUNITY_HEAD, community, "head", name="周书记")
    role = {"unit": community, "role": Role.COMMUNITY_STAFF, "valid_from": date(2020, 1, 1)}
    RoleAssignment.objects.create(user=both, **role)
    assert bring(head, [*row, "2025-03-20"], by=both).problems == []
    assert ServiceRecord.objects.get(volunteer=person).state == S.COUNTED


def test_a_counted_day_over_the_limit_is_told_of(scene, bring):
    activity, person = scene
    row = [person.serial_number, person.called, activity.title, str(DAY), str(DAY), 9, "2025-03-20"]
    report = bring([*HEAD, "服务时长（小时）", "计入日期"], row)
    assert report.errors == []
    assert "共9.00小时，超过每日上限8.00小时" in report.warnings[0].message

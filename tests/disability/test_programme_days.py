"""Timetable and sessions, single marks by form and by import."""

import uuid
from datetime import date, time

import pytest

from disability.models import Attendance, Enrolment, ProgrammeSession, TimetableSlot
from portal.imports.running import run
from portal.ledgers import ledgers
from portal.roles import Role
from tests import factories
from tests.factories import programmes as make
from tests.imports.conftest import xlsx

MONDAY = date(2025, 3, 10)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


@pytest.fixture
def errors(client):
    def send(slug, **data):
        page = client.post(f"/ledger/{slug}/add/", data | {"_key": str(uuid.uuid4())})
        if page.status_code == 302:
            return {}
        return {name: list(found) for name, found in page.context["form"].errors.items()}

    return send


@pytest.fixture
def home(acting, community):
    with acting(community):
        return make.programme(community)


@pytest.fixture
def enrolled(acting, community, home):
    with acting(community):
        person = factories.resident(community, "陈静", born_on=date(2000, 1, 1))
        return make.enrolment(home, person)


def test_a_session_of_the_timetable_takes_topic_minutes_and_the_days_attendance(
    acting, community, errors, home, enrolled
):
    with acting(community):
        group = make.interest_group(home)
        slot = make.timetable_slot(home, group=group)
        make.group_membership(group, enrolled)
        make.attendance(enrolled, MONDAY)
        other = factories.resident(community, "李强", born_on=date(2000, 1, 1))
        make.attendance(make.enrolment(home, other), MONDAY)
    known = {"programme": home.pk, "slot": slot.pk}
    wrong = errors("programme-sessions", **known, occurred_on="2025-03-11")
    assert wrong == {"occurred_on": ["这节课在周一，请核对日期。"]}
    assert errors("programme-sessions", **known, occurred_on=MONDAY) == {}
    with acting(community):
        held = ProgrammeSession.objects.get()
        assert (held.title, held.minutes, held.people, held.group) == ("腰鼓练习", 90, 1, group)
    twice = errors("programme-sessions", **known, occurred_on=MONDAY)
    assert "这一天的这节课已登记。" in str(twice)


def test_a_session_outside_the_timetable_says_what_it_was(acting, community, errors, home):
    known = {"programme": home.pk, "occurred_on": MONDAY}
    found = errors("programme-sessions", **known)
    assert found == {"title": ["请填写活动内容。"], "kind": ["请选择活动类型。"]}
    assert errors("programme-sessions", **known, title="春游", kind="outdoor", people="12") == {}
    with acting(community):
        assert ProgrammeSession.objects.get().people == 12


def test_timetable_refuses_closed_days_and_times_backwards(acting, community, errors, home):
    known = {"programme": home.pk, "topic": "唱歌", "kind": "culture", "starts_on": MONDAY}
    times = {"begins": "9:00", "ends": "10：30"}
    assert "weekday" in errors("timetable", **known, **times, weekday="6")
    assert "ends" in errors("timetable", **known, begins="9:00", ends="9:00", weekday="1")
    assert "begins" in errors("timetable", **known, begins="九点", ends="9:00", weekday="1")
    assert errors("timetable", **known, **times, weekday="1") == {}
    with acting(community):
        assert TimetableSlot.objects.get().ends == time(10, 30)


def test_planned_lessons_stand_beside_those_held(acting, community, client, home):
    with acting(community):
        slot = make.timetable_slot(home, starts_on=date(2025, 3, 5))
        make.closure(home, starts_on=date(2025, 3, 17), ends_on=date(2025, 3, 17))
        make.programme_session(home, slot=slot, occurred_on=MONDAY)
    page = client.get(f"/disability/programmes/{home.pk}/timetable/?month=2025-03")
    [lesson] = page.context["lessons"]
    assert [item["day"].day for item in lesson["days"]] == [10, 24, 31]
    assert [day.day for day in lesson["held"]] == [10]
    add = (
        f"/ledger/programme-sessions/add/?programme={home.pk}&slot={slot.pk}&occurred_on=2025-03-24"
    )
    assert add.replace("&", "&amp;") in page.content.decode()
    form = client.get(add).context["form"]
    assert form["title"].value() == "腰鼓练习"


def test_a_mark_lies_within_the_enrolment_that_its_day_means(
    acting, community, errors, home, enrolled
):
    with acting(community):
        enrolled.ends_on, enrolled.end_reason = MONDAY, "finished"
        enrolled.save()
        later = make.enrolment(home, enrolled.resident, starts_on=date(2025, 5, 1))
    between = errors("attendance", enrolment=later.pk, occurred_on="2025-04-01", mark="P")
    assert between == {"occurred_on": ["陈静这一天不在阳光之家的入托期间。"]}
    assert errors("attendance", enrolment=later.pk, occurred_on=MONDAY, mark="P") == {}
    with acting(community):
        assert Attendance.objects.get().enrolment == enrolled
    again = errors("attendance", enrolment=enrolled.pk, occurred_on=MONDAY, mark="L")
    assert "这个人这一天已有出勤记录。" in str(again)


def test_an_enrolment_does_not_end_before_what_was_noted_in_it(
    acting, community, client, home, enrolled
):
    with acting(community):
        make.attendance(enrolled, MONDAY)
    data = {
        "programme": home.pk,
        "resident": enrolled.resident_id,
        "starts_on": "2024-01-01",
        "ends_on": "2025-03-09",
        "end_reason": "finished",
        "version": enrolled.version,
        "_key": str(uuid.uuid4()),
    }
    page = client.post(f"/ledger/enrolments/{enrolled.pk}/edit/", data)
    assert page.context["form"].errors == {"ends_on": ["离托日期之后还有出勤记录，请先核对。"]}


def test_a_workbook_fills_a_programme_from_its_people_to_its_lessons(acting, community, staff):
    with acting(community):
        person = factories.resident(community, "陈静", born_on=date(2000, 1, 1))
    number = person.id_number
    book = xlsx(
        活动项目=[["项目名称", "类型", "开办日期"], ["阳光之家", "阳光之家", "2024-01-01"]],
        入托登记=[
            ["活动项目", "姓名", "证件号码", "入托日期"],
            ["阳光之家", "陈静", number, "2024-02-01"],
        ],
        兴趣小组=[
            ["活动项目", "小组名称", "小组类型", "成立日期"],
            ["阳光之家", "腰鼓队", "腰鼓打击乐", "2024-01-01"],
        ],
        小组组员=[
            ["兴趣小组", "活动项目", "姓名", "证件号码", "入组日期"],
            ["腰鼓队", "阳光之家", "陈静", number, "2024-02-01"],
        ],
        出勤=[
            ["日期", "活动项目", "姓名", "证件号码", "出勤情况"],
            ["2025-03-10", "阳光之家", "陈静", number, "出勤"],
        ],
        课程表=[
            ["活动项目", "星期", "开始时间", "结束时间", "内容", "活动类型", "执行日期"],
            ["阳光之家", "周一", "9:00", "10:30", "腰鼓练习", "文体娱乐", "2024-03-01"],
        ],
        项目活动=[
            ["日期", "活动项目", "活动内容", "活动类型", "兴趣小组", "参加人数"],
            ["2025-03-10", "阳光之家", "户外运动", "户外运动", "阳光之家 腰鼓队", 12],
        ],
        服药记录=[
            ["日期", "活动项目", "姓名", "证件号码", "服药时段", "服药情况"],
            ["2025-03-10", "阳光之家", "陈静", number, "早", "已服"],
        ],
        家属联系=[
            ["日期", "活动项目", "姓名", "证件号码", "方式", "联系的家属"],
            ["2025-03-10", "阳光之家", "陈静", number, "电话", "母亲"],
        ],
        安全事件=[
            ["发生日期", "活动项目", "姓名", "证件号码", "事件类型", "严重程度"],
            ["2025-03-10", "阳光之家", "陈静", number, "跌倒", "轻微"],
        ],
        机构安置=[
            ["姓名", "证件号码", "其他机构名称", "安置类型", "入住日期"],
            ["陈静", number, "金色晚年养护院", "养护", "2025-03-10"],
        ],
    )
    slugs = [
        *("programmes", "enrolments", "interest-groups", "group-memberships", "attendance"),
        *("timetable", "programme-sessions", "medication", "family-contacts", "incidents"),
        "placements",
    ]
    with acting(staff):
        first = run(book, ledger=None, unit=community, by=staff, commit=True)
        assert first.errors == []
        counts = {slug: ledgers[slug].model.objects.kept().count() for slug in slugs}
        assert counts == dict.fromkeys(slugs, 1)
        assert Enrolment.objects.get().programme.oldest == 35
        again = run(book, ledger=None, unit=community, by=staff, commit=True)
        assert again.errors == []
        assert {slug: ledgers[slug].model.objects.kept().count() for slug in slugs} == counts

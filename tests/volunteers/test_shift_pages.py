"""Shifts from a pattern, signing up by the leader, files of shifts and sign-ups."""

from datetime import date
from uuid import uuid4

import pytest

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.roles import Role
from tests.factories import volunteers as make
from tests.imports.conftest import xlsx
from volunteers.models import Shift, SignUp
from volunteers.selectors.shifts import told_time
from volunteers.services import shifts as service

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 8)


@pytest.fixture
def leader(make_user, community):
    return make_user(Role.VOLUNTEER_LEADER, community)


@pytest.fixture
def client(client_of, leader):
    return client_of(leader)


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid4())} | fields)


def test_days_times_times_become_shifts_shown_first(acting, client, leader, community):
    with acting(leader):
        row = make.announced(community, ends_on=date(2025, 3, 10))
    url = f"/volunteers/activities/{row.pk}/shifts/"
    assert client.get(url).context["form"]["days"].initial == [
        "2025-03-08",
        "2025-03-09",
        "2025-03-10",
    ]
    fields = {
        "days": ["2025-03-08", "2025-03-10"],
        "name1": "上午班",
        "begins1": "8:30",
        "ends1": "11:30",
        "name2": "夜班",
        "begins2": "22:00",
        "ends2": "2:00",
        "capacity": "4",
        "skill": "",
        "place": "东门",
    }
    shown = post(client, url, **fields)
    assert len(shown.context["sentences"]) == 4
    assert "22:00–2025-03-09 02:00" in shown.context["sentences"][1]
    with acting(leader):
        assert not Shift.objects.exists()
    assert post(client, url, step="confirm", **fields).status_code == 302
    with acting(leader):
        names = list(Shift.objects.values_list("name", flat=True))
        assert names == ["3月8日上午班", "3月8日夜班", "3月10日上午班", "3月10日夜班"]
        assert told_time(Shift.objects.all()[1]) == "2025-03-08 22:00–2025-03-09 02:00"
    again = post(client, url, step="confirm", **fields)
    assert "已有同名的班次" in str(again.context["form"].errors)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"begins1": "9:00"}, "begins1"),
        ({"begins1": "9:00", "ends1": "9:00"}, "ends1"),
        ({"begins1": "九点", "ends1": "10:00"}, "begins1"),
        ({}, "begins1"),
        ({"begins1": "9:00", "ends1": "10:00", "capacity": "0"}, "capacity"),
        ({"begins1": "9:00", "ends1": "10:00", "days": ["2025-03-09"]}, "days"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(acting, client, leader, community, fields, where):
    with acting(leader):
        row = make.announced(community)
    fields = {"days": ["2025-03-08"], "capacity": "3"} | fields
    answer = post(client, f"/volunteers/activities/{row.pk}/shifts/", **fields)
    assert where in answer.context["form"].errors
    with acting(leader):
        assert not Shift.objects.exists()


def test_one_shift_by_its_form(acting, client, leader, community):
    with acting(leader):
        row = make.announced(community)
    fields = {"activity": row.pk, "begins": "9:00", "ends": "11：00", "capacity": "3", "skill": ""}
    assert post(client, "/ledger/shifts/add/", **fields).status_code == 302
    outside = fields | {"day": "2025-03-09", "name": "晚一天"}
    answer = post(client, "/ledger/shifts/add/", **outside)
    assert "活动日期" in str(answer.context["form"].errors)
    twice = post(client, "/ledger/shifts/add/", **fields)
    assert "同名" in str(twice.context["form"].errors["name"])
    with acting(leader):
        assert Shift.objects.get().starts_at == make.at(DAY, 9)


def test_the_leader_signs_up_several_and_the_page_tells_them_with_masked_phones(
    acting, client, leader, community
):
    with acting(leader):
        row = make.announced(community, code="clinic")
        shift = make.shift(row, capacity=2, skill="medical", name="义诊班")
        people = [
            make.volunteer(community, "林晓燕"),
            make.volunteer(community, "孟阳", skills=["medical"]),
            make.volunteer(community, "欧阳静"),
        ]
        busy = make.volunteer(community, "何忙")
        service.sign_up(make.shift(make.announced(community, title="别处")), busy, by=leader)
    url = f"/volunteers/shifts/{shift.pk}/sign-up/"
    offered = client.get(url).context["form"].fields["people"].offered()
    assert [each.name for each in offered] == ["孟阳", "林晓燕", "欧阳静"]
    assert "有医疗护理技能" in offered[0].hint
    answer = client.post(
        url, {"_key": str(uuid4()), "people": [person.pk for person in people]}, follow=True
    )
    page = answer.content.decode()
    assert "候补 1 人" in page
    assert "有医疗护理技能" in page
    assert "138****5522" in page
    assert "13874815522" not in page
    told = [str(message) for message in answer.context["messages"]]
    assert any("没有登记这项技能" in text for text in told)
    none = client.post(url, {"_key": str(uuid4())})
    assert "请勾选志愿者" in str(none.context["form"].errors["people"])


def test_withdrawing_on_its_page_lets_the_next_one_in(acting, client, leader, community):
    with acting(leader):
        shift = make.shift(make.announced(community), capacity=1)
        first, second = (
            service.sign_up(shift, make.volunteer(community, name), by=leader)
            for name in ("林晓燕", "孟阳")
        )
    assert post(client, f"/volunteers/sign-ups/{first.pk}/withdraw/").status_code == 302
    with acting(leader):
        assert SignUp.objects.get(pk=second.pk).state == "signed"


def test_an_overlap_is_said_at_the_volunteer(acting, client, leader, community):
    with acting(leader):
        person = make.volunteer(community)
        service.sign_up(make.shift(make.announced(community), name="早班"), person, by=leader)
        other = make.shift(make.announced(community, title="另一次"))
    answer = post(client, "/ledger/sign-ups/add/", shift=other.pk, volunteer=person.pk)
    assert "早班" in str(answer.context["form"].errors["volunteer"])


def test_who_may_only_look_signs_nobody_up(acting, client_of, make_user, community):
    with acting(community):
        shift = make.shift(make.announced(community))
        row = service.sign_up(shift, make.volunteer(community))
    head = client_of(make_user(Role.COMMUNITY_HEAD, community))
    assert head.get(f"/volunteers/shifts/{shift.pk}/sign-up/").status_code == 403
    assert head.get(f"/volunteers/sign-ups/{row.pk}/withdraw/").status_code == 403
    page = head.get(f"/ledger/volunteer-activities/{shift.activity_id}/").content.decode()
    assert "林晓燕" in page
    assert "****5522" not in page


def test_files_of_shifts_and_sign_ups(acting, make_user, community):
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    with acting(clerk):
        make.announced(community)
        person = make.volunteer(community)
    shifts = [
        ["活动名称", "活动日期", "班次", "日期", "开始", "结束", "需要人数"],
        ["周末清洁家园", DAY, "上午班", DAY, "9:00", "11:30", 1],
        ["周末清洁家园", DAY, "下午班", None, "14:00", "16:00", 1],
        ["没有的活动", DAY, "上午班", DAY, "9:00", "11:30", 1],
    ]
    sign_ups = [
        ["志愿者编号", "姓名", "活动名称", "活动日期", "班次"],
        [person.serial_number, person.name, "周末清洁家园", DAY, "上午班"],
    ]
    with acting(clerk):
        bad = run(
            xlsx(志愿班次=shifts), ledger=ledgers["shifts"], unit=community, by=clerk, commit=True
        )
        assert "请先登记志愿活动" in str(bad.problems)
        assert not Shift.objects.exists()
        for slug, rows in (("shifts", shifts[:3]), ("sign-ups", sign_ups)):
            content = xlsx(**{ledgers[slug].title: rows})
            for expected in (len(rows) - 1, 0):
                report = run(content, ledger=ledgers[slug], unit=community, by=clerk, commit=True)
                assert not report.errors, report.errors
                assert report.totals["new"] == expected
        assert Shift.objects.get(name="下午班").starts_at == make.at(DAY, 14)
        assert SignUp.objects.get().volunteer == person

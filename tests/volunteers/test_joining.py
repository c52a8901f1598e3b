"""志愿者申请: sent without signing in, once; a child is refused at once; approved or sent back by staff."""

import re
import uuid
from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone

from portal.roles import Role
from residents.ages import years_before
from tests.factories import people
from tests.factories import volunteers as make
from tests.wall.conftest import sql
from volunteers.models import Volunteer, VolunteerApplication

__all__ = ["sql"]
pytestmark = pytest.mark.django_db
FOLLOW = "/public/volunteers/join/"


@pytest.fixture
def path(community):
    return f"/public/volunteers/{community.code}/join/"


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


def aged(years) -> date:
    return years_before(timezone.localdate(), years)


def filled(**fields):
    return {
        "form_key": str(uuid.uuid4()),
        "name": "金丝雀",
        "id_kind": "citizen",
        "id_number": people.id_number(date(1990, 5, 6)),
        "phone": "138 0013 8000",
        "skills": ["medical", "law"],
        "intentions": ["elders"],
        "free_times": ["weekend_morning"],
        "consented": "on",
    } | fields


GUARDIAN = {
    "guardian_name": "金大雁",
    "guardian_phone": "13900139000",
    "guardian_agrees": "on",
}


def sent(acting, unit):
    with acting(unit):
        return list(VolunteerApplication.objects.order_by("pk"))


def code_in(reply) -> str:
    return re.search(r"<strong>([0-9A-Z]{10})</strong>", reply.content.decode())[1]


def test_an_application_comes_in_sealed_and_once(client, path, community, acting, sql):
    data = filled()
    first, second = client.post(path, data), client.post(path, data)
    assert code_in(first) == code_in(second)
    [row] = sent(acting, community)
    assert (row.name, row.phone, row.sex, row.born_on) == (
        "金丝雀",
        "13800138000",
        2 if int(data["id_number"][16]) % 2 == 0 else 1,
        date(1990, 5, 6),
    )
    assert (row.skills, row.guardian_name) == (["medical", "law"], "")
    with acting(community):
        [(text,)] = sql(f"SELECT t::text FROM {VolunteerApplication._meta.db_table} AS t")
    for clear in ("金丝雀", "13800138000", data["id_number"]):
        assert clear not in text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "请填写姓名。"),
        ({"id_number": "123"}, "18位"),
        ({"id_kind": "none", "id_number": "1"}, "选择一个有效的选项"),
        ({"phone": "1380"}, "手机号码应为11位"),
        ({"consented": ""}, "请先阅读告知并勾选同意。"),
        ({"form_key": "x"}, "页面不完整"),
        ({"id_kind": "passport", "id_number": "E12345678"}, "请填写出生日期。"),
        ({"skills": ["flying"]}, "flying"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(client, path, community, acting, fields, message):
    reply = client.post(path, filled(**fields))
    assert message in reply.content.decode()
    assert sent(acting, community) == []


@pytest.mark.parametrize(("years", "message"), [(13, "13 周岁，未满 14 周岁"), (17, "监护人")])
def test_children_are_refused_and_the_young_need_their_guardian(
    client, path, community, acting, years, message
):
    number = people.id_number(aged(years))
    reply = client.post(path, filled(id_number=number))
    assert message in reply.content.decode()
    assert sent(acting, community) == []
    if years == 17:
        assert "登记码" in client.post(path, filled(id_number=number, **GUARDIAN)).content.decode()
        assert sent(acting, community)[0].guardian_name == "金大雁"


def test_fourteen_today_may_apply_and_a_day_younger_may_not(client, path, community, acting):
    today = timezone.localdate()
    born = aged(14)
    for day, taken in ((born, 1), (date.fromordinal(born.toordinal() + 1), 1)):
        client.post(path, filled(id_number=people.id_number(day), **GUARDIAN))
        assert len(sent(acting, community)) == taken, today


def test_a_trap_and_too_many_are_taken_calmly(client, path, community, acting, monkeypatch):
    assert code_in(client.post(path, filled(website="http://x")))
    assert sent(acting, community) == []
    monkeypatch.setattr(settings, "PUBLIC_LETTERS_PER_DAY", 1)
    assert client.post(path, filled()).status_code == 429
    assert client.get("/public/volunteers/999999999999/join/").status_code == 404


# --- staff ----------------------------------------------------------------------------------------
def answered(desk, application, act, **fields):
    data = {"versions": f"{application.pk}:{application.version}", "_key": uuid.uuid4()}
    return desk.post(f"/volunteers/applications/{application.pk}/{act}/", data | fields)


def test_approved_as_the_resident_with_that_very_id(
    client, client_of, path, community, acting, staff
):
    with acting(community):
        resident = people.resident(community, "金丝雀")
    code = code_in(client.post(path, filled(id_number=resident.id_number)))
    assert "工作人员还没有处理" in client.post(FOLLOW, {"code": code}).content.decode()
    [application] = sent(acting, community)
    desk = client_of(staff)
    asked = answered(desk, application, "approve").content.decode()
    assert "登记为本辖区居民金丝雀" in asked
    assert answered(desk, application, "approve", step="confirm").status_code == 302
    with acting(community):
        volunteer = Volunteer.objects.get()
    assert (volunteer.resident_id, volunteer.name, volunteer.number) == (resident.pk, "", "")
    assert (volunteer.manner, volunteer.joined_on) == ("online", application.occurred_on)
    assert volunteer.skills == ["medical", "law"]
    told = client.post(FOLLOW, {"code": code.lower()}).content.decode()
    assert volunteer.serial_number in told
    assert "金丝雀" not in told
    assert answered(desk, application, "approve", step="confirm").status_code in (200, 409)
    with acting(community):
        assert Volunteer.objects.count() == 1


def test_somebody_from_outside_and_under_age_needs_the_guardian_asked(
    client, client_of, path, community, acting, staff
):
    number = people.id_number(aged(16))
    client.post(path, filled(id_number=number, **GUARDIAN))
    [application] = sent(acting, community)
    desk = client_of(staff)
    reply = answered(desk, application, "approve", step="confirm").content.decode()
    assert "请先向监护人核实" in reply
    day = timezone.localdate().isoformat()
    assert (
        answered(desk, application, "approve", step="confirm", guardian_agreed_on=day).status_code
        == 302
    )
    with acting(community):
        volunteer = Volunteer.objects.get()
        assert volunteer.resident is None
        assert (volunteer.name, volunteer.number) == ("金丝雀", number)
        assert volunteer.guardian_agreed_on == timezone.localdate()


def test_a_volunteer_already_is_told_to_staff_and_not_to_the_public(
    client, client_of, path, community, acting, staff
):
    number = people.id_number(date(1990, 5, 6))
    with acting(community):
        known = make.volunteer(community, "金丝雀", number=number)
    first = client.post(path, filled(id_number=number)).content.decode()
    assert "登记码" in first
    assert known.serial_number not in first
    [application] = sent(acting, community)
    desk = client_of(staff)
    page = desk.get(f"/volunteers/applications/{application.pk}/approve/").content.decode()
    assert known.serial_number in page
    refused = answered(desk, application, "approve", step="confirm").content.decode()
    assert "已是志愿者" in refused
    with acting(community):
        assert Volunteer.objects.count() == 1


def test_sent_back_with_a_reason_that_the_applicant_reads(
    client, client_of, path, community, acting, staff
):
    code = code_in(client.post(path, filled()))
    [application] = sent(acting, community)
    desk = client_of(staff)
    none = answered(desk, application, "decline").content.decode()
    assert "请写明退回的原因" in none
    assert answered(desk, application, "decline", reason="请到居住地社区申请").status_code == 302
    assert "请到居住地社区申请" in client.post(FOLLOW, {"code": code}).content.decode()
    assert client.post(FOLLOW, {"code": "AAAAAAAAAA"}).status_code == 404


@pytest.mark.parametrize("act", ["approve", "decline"])
@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.VOLUNTEER_LEADER, 403), (Role.COMMUNITY_STAFF, 200), (Role.STATION_HANDLER, 403)],
)
def test_a_team_leader_does_not_answer(
    client, client_of, path, community, acting, make_user, act, role, status
):
    client.post(path, filled())
    [application] = sent(acting, community)
    desk = client_of(make_user(role, community))
    assert desk.get(f"/volunteers/applications/{application.pk}/{act}/").status_code == status


def test_another_unit_sees_nothing(
    client, client_of, path, community, other_community, acting, make_user
):
    client.post(path, filled())
    [application] = sent(acting, community)
    desk = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    assert desk.get(f"/volunteers/applications/{application.pk}/approve/").status_code == 404
    assert desk.get(f"/ledger/volunteer-applications/{application.pk}/").status_code == 404

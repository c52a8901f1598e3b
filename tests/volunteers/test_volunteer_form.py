"""The form of a volunteer on the screen, by staff and by a team leader, and from a file."""

import uuid
from datetime import date

import pytest

from portal.roles import Role
from tests.factories import people, volunteers
from tests.imports.conftest import bring, clerk, xlsx
from volunteers.models import Volunteer

__all__ = ["bring", "clerk"]
pytestmark = pytest.mark.django_db
ADD = "/ledger/volunteers/add/"


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def leader(make_user, community):
    return make_user(Role.VOLUNTEER_LEADER, community)


def filled(**fields):
    outside = {
        "name": "林晓燕",
        "id_kind": "citizen",
        "number": people.id_number(date(1990, 5, 6), 222),
        "phone": "138 7481 5522",
    }
    common = {
        "joined_on": "2025-03-05",
        "manner": "paper",
        "evidence": "申请表",
        "_key": uuid.uuid4(),
    }
    return common | outside | fields


def stored(acting, unit):
    with acting(unit):
        return list(Volunteer.objects.order_by("pk").select_related("resident"))


def test_staff_choose_a_resident_or_type_a_person_from_outside(client_of, staff, community, acting):
    with acting(community):
        resident = people.resident(community)
    desk = client_of(staff)
    blank = dict.fromkeys(("name", "id_kind", "number", "phone"), "")
    assert desk.post(ADD, filled(**blank, resident=resident.pk)).status_code == 302
    assert desk.post(ADD, filled()).status_code == 302
    first, second = stored(acting, community)
    assert (first.called, first.name, first.number) == ("黄文发", "", "")
    assert (second.called, second.phone, second.sex, second.born_on) == (
        "林晓燕",
        "13874815522",
        2,
        date(1990, 5, 6),
    )
    assert second.serial_number == f"{community.code}-00002"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"number": people.id_number(date(2012, 5, 6))}, "周岁，未满 14 周岁"),
        ({"number": people.id_number(date(2008, 5, 6))}, "须经监护人同意，请填写监护人姓名"),
        ({"number": "44010319700517001"}, "18位"),
        ({"evidence": ""}, "请写明本人申请或同意的凭据"),
        ({"manner": ""}, "请选择加入方式"),
        ({"name": ""}, "请选择居民；不在居民册中的人，填写姓名。"),
        ({"born_on": "1991-05-06"}, "与证件号码中的出生日期不一致"),
        ({"name": "林4"}, "姓名中不能有"),
        ({"phone": "1387"}, "手机号码应为11位"),
        ({"left_on": "2025-01-01"}, "退出日期不能早于加入日期"),
    ],
)
def test_what_is_refused_says_why(client_of, staff, community, acting, fields, message):
    reply = client_of(staff).post(ADD, filled(**fields))
    assert reply.status_code == 200
    assert message in reply.content.decode()
    assert stored(acting, community) == []


def test_an_id_of_the_register_is_not_typed_again(client_of, staff, community, acting):
    with acting(community):
        resident = people.resident(community)
    reply = client_of(staff).post(ADD, filled(name="黄文发", number=resident.id_number))
    assert "这是居民册中的人" in reply.content.decode()


def test_a_leader_enters_people_from_outside_only(client_of, leader, community, acting):
    with acting(community):
        of_register = volunteers.volunteer(community, resident=people.resident(community))
        number = of_register.resident.id_number
    desk = client_of(leader)
    form = desk.get(ADD).content.decode()
    assert 'name="resident' not in form
    assert "不在居民册中的人填这里" not in form
    assert desk.post(ADD, filled(resident=of_register.resident_id)).status_code == 302
    assert [v.resident_id for v in stored(acting, community)] == [of_register.resident_id, None]
    page = desk.get(f"/ledger/volunteers/{of_register.pk}/").content.decode()
    assert "黄文发" in page
    assert "居民档案" not in page
    assert number not in page
    assert number[:3] + "*" not in page
    edit = f"/ledger/volunteers/{of_register.pk}/edit/"
    assert 'name="number"' not in desk.get(edit).content.decode()
    sent = {"joined_on": "2024-03-05", "manner": "paper", "evidence": "旧档案", "version": 1}
    assert desk.post(edit, sent | {"_key": uuid.uuid4()}).status_code == 302
    assert stored(acting, community)[0].resident_id == of_register.resident_id


def test_leaving_by_the_page_ends_memberships(client_of, staff, community, acting):
    with acting(community):
        person = volunteers.volunteer(community)
        lasting = volunteers.membership(volunteers.org(community), person)
    desk = client_of(staff)
    path = f"/volunteers/{person.pk}/leave/"
    assert "退出志愿服务" in desk.get(path).content.decode()
    data = {"left_on": "2025-06-01", "versions": f"{person.pk}:1", "_key": uuid.uuid4()}
    assert desk.post(path, data).status_code == 302
    with acting(community):
        lasting.refresh_from_db()
    assert lasting.ends_on == date(2025, 5, 31)
    assert desk.get(path).status_code == 302


def edited(desk, person, **fields):
    """The page after the form was sent with these fields; "" where it was stored."""
    sent = {"joined_on": "2024-03-05", "manner": "paper", "evidence": "申请表", "version": 1}
    sent["serial_number"] = person.serial_number
    path = f"/ledger/volunteers/{person.pk}/edit/"
    reply = desk.post(path, sent | fields | {"_key": uuid.uuid4()})
    return "" if reply.status_code == 302 else str(reply.context["form"].errors)


OTHER = "已有服务记录，不能换成另一个人"


def test_with_service_nobody_becomes_another_person(client_of, staff, community, acting):
    with acting(community):
        one = people.resident(community)
        other = people.resident(community, "韦英堃")
        lives = volunteers.volunteer(community, resident=one)
        outside = volunteers.volunteer(community)
        new = volunteers.volunteer(community, "何小梅")
        of = volunteers.held(community)
        for person in (lives, outside):
            volunteers.service(person, of)
    desk = client_of(staff)
    person = {"name": "林晓燕", "id_kind": "citizen", "number": outside.number}
    another = people.id_number(date(1985, 1, 2))
    assert OTHER in edited(desk, lives, resident=other.pk)
    assert OTHER in edited(desk, lives, **person | {"number": another})
    assert OTHER in edited(desk, outside, resident=other.pk)
    assert OTHER in edited(desk, outside, **person | {"number": another})
    assert OTHER in edited(desk, outside, **person | {"number": ""})
    assert edited(desk, lives, resident=one.pk) == ""
    assert edited(desk, outside, **person | {"name": "林小燕"}) == ""
    assert edited(desk, new, **person | {"name": "何梅", "number": another}) == ""


def test_with_service_one_from_outside_becomes_the_resident_with_their_id(
    client_of, staff, community, acting
):
    with acting(community):
        outside = volunteers.volunteer(community)
        volunteers.service(outside, volunteers.held(community))
        moved_in = people.resident(community, "林晓燕", id_number=outside.number)
    assert edited(client_of(staff), outside, resident=moved_in.pk) == ""
    assert stored(acting, community)[0].resident == moved_in


def test_a_day_of_leaving_typed_before_service_is_refused(client_of, staff, community, acting):
    with acting(community):
        outside = volunteers.volunteer(community)
        volunteers.service(outside, volunteers.held(community))
    desk = client_of(staff)
    person = {"name": "林晓燕", "id_kind": "citizen", "number": outside.number}
    assert "2025-03-08有服务记录" in edited(desk, outside, left_on="2025-03-08", **person)
    assert edited(desk, outside, left_on="2025-03-09", **person) == ""


def test_a_register_knows_residents_by_their_id_and_may_lack_evidence(
    bring, acting, community, clerk
):
    with acting(community):
        resident = people.resident(community)
    other = people.id_number(date(1985, 1, 2))
    rows = [
        ["志愿者编号", "姓名", "证件号码", "加入日期"],
        ["", resident.name, resident.id_number, "2024-03-05"],
        ["春志 12", "何秀英", other, "2024-03-05"],
        ["", "周文", "", "2024-03-05"],
        ["", "吴小宝", people.id_number(date(2012, 1, 2)), "2024-03-05"],
    ]
    report = bring("volunteers", xlsx(志愿者=rows))
    assert [p.message for p in report.errors] == [
        "出生日期：加入当天 12 周岁，未满 14 周岁，不能登记为志愿者。"
    ]
    assert stored(acting, community) == []
    assert bring("volunteers", xlsx(志愿者=rows[:4])).totals["new"] == 3
    first, second, third = stored(acting, community)
    assert first.resident == resident
    assert second.serial_number == "春志 12"
    assert third.manner == "paper"

    again = bring("volunteers", xlsx(志愿者=rows[:4]))
    assert again.totals == {"new": 0, "changed": 0, "unchanged": 3, "refused": 0}

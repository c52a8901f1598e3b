"""A volunteer on a telephone of 390 px: from signing up by their link to the certificate, verified."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.roles import Role
from tests.browser.looking import grave_findings
from tests.factories import volunteers as made
from volunteers.models import HoursPosting, ServiceCertificate, ServiceRecord, Shift
from volunteers.selectors.links import checkin_path, personal_path
from volunteers.selectors.verification import verify_path
from volunteers.services.postings import count_ended

WIDTH = 390


@pytest.fixture
def phone(desk):
    return desk(width=WIDTH)


@pytest.fixture
def person(community, acting):
    with acting(community):
        made.org(community, phone="0731-85550101")
        return made.volunteer(community, "古丽娜扎尔·买买提明·吐尔逊江·阿不都热合曼诺夫")


@pytest.fixture
def soon(community, acting, person):
    """A shift that begins in twenty minutes: still open to sign up, and to check in already."""
    begins = timezone.now() + timedelta(minutes=20)
    today = timezone.localdate()
    with acting(community):
        of = made.announced(
            community, today, ends_on=today + timedelta(days=1), risks="路面湿滑，请穿防滑鞋。"
        )
        return Shift.objects.create(
            unit=community,
            activity=of,
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
            capacity=3,
            place="东门岗亭",
        )


def sound(phone):
    """Nothing serious for axe, nothing said in the console, nothing to scroll sideways, no session."""
    assert grave_findings(phone.page) == []
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    assert "session" not in {cookie["name"] for cookie in phone.context.cookies()}
    assert [text for text in phone.complaints if "status of 404" not in text] == []


def press(desk, name):
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name=name, exact=True).click()


def an_hour_earlier(acting, shift):
    """As if the shift had begun an hour ago: time itself does not wait for the test."""
    with acting(shift.unit):
        record = ServiceRecord.objects.get()
        record.came_at -= timedelta(minutes=45)
        record.derive()
        record.save()


def test_from_signing_up_to_the_verified_certificate(
    phone, desk, community, make_user, acting, person, soon
):
    page = phone.page
    phone.open(f"/public/volunteers/{community.code}/recruit/")
    page.get_by_text("还差 3 人").wait_for()
    sound(phone)
    # By the card's link, once; the phone then knows whose it is.
    phone.open(personal_path(person))
    sound(phone)
    press(phone, "是我本人，进入")
    sound(phone)
    page.get_by_role("link", name="周末清洁家园").click()
    page.get_by_text("路面湿滑").wait_for()
    sound(phone)
    press(phone, "报名")
    page.get_by_text("报名成功").wait_for()
    # At the gate, by the poster.
    phone.open(checkin_path(soon))
    sound(phone)
    press(phone, "签到")
    page.get_by_text("已签到").wait_for()
    sound(phone)
    an_hour_earlier(acting, soon)
    phone.open(checkin_path(soon))
    page.get_by_label("中间休息（分钟）").fill("15")
    press(phone, "签退")
    page.get_by_text(re.compile("0.5[02] 小时")).wait_for()  # a minute may end meanwhile
    sound(phone)
    # The leader confirms and posts.
    leader = desk(make_user(Role.VOLUNTEER_LEADER, community, name="周队长"))
    leader.open(f"/volunteers/activities/{soon.activity_id}/hours/")
    press(leader, "确认所选")
    leader.page.get_by_text("已确认 1 条").wait_for()
    leader.open("/volunteers/postings/new/")
    leader.page.get_by_label("公示地点").fill("社区宣传栏")
    press(leader, "下一步")
    press(leader, "确认公示")
    phone.open(f"/public/volunteers/{community.code}/posted/")
    page.get_by_text(person.serial_number).wait_for()
    page.get_by_text("古**").wait_for()
    assert page.get_by_text("古丽娜扎尔").count() == 0
    sound(phone)
    # The days of posting pass; then the hours count.
    with acting(community):
        posting = HoursPosting.objects.get()
        posting.starts_on -= timedelta(days=9)
        posting.ends_on = timezone.localdate() - timedelta(days=1)
        posting.save()
    assert count_ended() == 1
    phone.open("/public/volunteers/me/records/")
    page.get_by_text("已计入").wait_for()
    sound(phone)
    phone.open("/public/volunteers/me/certificates/")
    page.get_by_label("用途").fill("升学")
    today = timezone.localdate().isoformat()
    page.get_by_label("从哪一天起").fill(today)
    page.get_by_label("到哪一天止").fill(today)
    press(phone, "提交申请")
    page.get_by_text("待出具").wait_for()
    sound(phone)
    # Staff issue and print it; whoever scans the paper sees that it holds.
    with acting(community):
        certificate = ServiceCertificate.objects.get()
    leader.open(f"/volunteers/certificates/{certificate.pk}/issue/")
    leader.page.get_by_label("负责人").fill("林国栋")
    leader.page.get_by_label("联系方式").fill("0731-85550101")
    press(leader, "出具")
    paper = leader.context.request.get(
        f"{leader.address}/volunteers/certificates/{certificate.pk}/certificate.pdf"
    )
    assert paper.ok
    assert paper.body().startswith(b"%PDF")
    with acting(community):
        certificate.refresh_from_db()
    elsewhere = desk(width=WIDTH)
    elsewhere.open(verify_path(certificate))
    expect(elsewhere.page.get_by_role("status")).to_contain_text("有效")
    elsewhere.page.get_by_text(certificate.label).first.wait_for()
    sound(elsewhere)


def test_the_other_pages_of_a_volunteer_are_sound(phone, community, acting, person, soon):
    """Without a known phone, a wrong code, a correction, leaving; and the phone forgets."""
    page = phone.page
    with acting(community):
        record = made.service(person, made.held(community))
    for path in ("/public/volunteers/", checkin_path(soon), "/public/volunteers/me/"):
        phone.open(path)
        sound(phone)
    page.get_by_label("志愿者编号").fill(person.serial_number)
    page.get_by_label("查询码").fill("AAAAAAAAAA")
    press(phone, "进入")
    page.get_by_text("编号和查询码对不上").wait_for()
    sound(phone)
    phone.open(personal_path(person))
    press(phone, "是我本人，进入")
    for path in ("me/shifts/", f"me/records/{record.pk}/correct/", "me/leave/"):
        phone.open(f"/public/volunteers/{path}")
        sound(phone)
    phone.open(f"/public/volunteers/me/records/{record.pk}/correct/")
    press(phone, "提交申请")
    page.get_by_role("alert").wait_for()
    sound(phone)
    page.get_by_label("哪里不对").fill("多做了半小时。")
    page.get_by_label("应为多少小时").fill("2.5")
    press(phone, "提交申请")
    page.get_by_text("更正申请已提交").wait_for()
    phone.open("/public/volunteers/me/")
    press(phone, "忘记这部手机")
    page.get_by_label("查询码").wait_for()

"""The inspector's phone of 390 px: a finding with photo in few taps, and nothing lost without network."""

import time
from dataclasses import dataclass, field

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.attachments.services import files_of
from portal.roles import Role
from sanitation.models import Finding, Inspection
from tests.attachments import files
from tests.browser.looking import grave_findings
from tests.browser.walk_phone import kept_sealed
from tests.factories import sanitation as made

WIDTH = 390
THUMB = 48  # px that a thumb hits
MOST_TAPS = 6
MOST_SECONDS = 20


@dataclass
class Thumb:
    """Taps that are counted; whatever is tapped is large enough, and in view when it is tapped."""

    page: object
    taps: list = field(default_factory=list)

    def tap(self, target):
        target.tap()
        self.taps.append(str(target))
        return target

    def big(self, target):
        assert target.bounding_box()["height"] >= THUMB, str(target)
        return self.tap(target)


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street, name="吴永刚")


@pytest.fixture
def patrol(acting, inspector, street, community, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with acting(inspector):
        return made.inspection(
            street,
            community,
            rubric=made.rubric(street),
            occurred_on=timezone.localdate(),
            recorded_by=inspector,
        )


@pytest.fixture
def phone(new_context, live_server, inspector, desk):
    """A touch screen; ``desk`` gives the rest."""
    window = desk(inspector, width=WIDTH)
    touch = new_context(viewport={"width": WIDTH, "height": 780}, has_touch=True, is_mobile=True)
    touch.add_cookies(window.context.cookies())
    window.page.close()
    window.context = touch
    touch.set_default_timeout(40_000)
    touch.on("console", window._hear)
    window.page = touch.new_page()
    return window


def photograph(page, size=(3000, 2000)):
    """What the camera hands over once the shutter was pressed."""
    shot = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": files.noise(size)}
    page.locator("input[name=photos]").set_input_files(shot)
    expect(page.locator("[data-shots] img")).to_have_count(1)


def kept(acting, inspector):
    with acting(inspector):
        return list(Finding.objects.kept().order_by("pk"))


def waits(page, many):
    expect(page.locator("#offline-box [data-list] > li")).to_have_count(many)


def sound(phone):
    assert grave_findings(phone.page) == []
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    told = [text for text in phone.complaints if "ERR_INTERNET_DISCONNECTED" not in text]
    assert [text for text in told if "ERR_FAILED" not in text] == []


def test_a_finding_with_photo_in_few_taps(phone, acting, inspector, patrol):
    page = phone.page
    phone.open("/sanitation/field/")
    sound(phone)
    page.get_by_role("link", name="明珠社区 · 常规巡查").tap()
    expect(page.get_by_role("heading", name="发现了什么？")).to_be_visible()
    sound(phone)
    thumb, began = Thumb(page), time.monotonic()
    thumb.big(page.get_by_role("link", name="主干道路面及两侧"))
    thumb.big(page.locator("[data-part=faults] .field-fault", has_text="成堆垃圾"))
    thumb.big(page.get_by_role("button", name="加一"))
    with page.expect_file_chooser() as chooser:
        thumb.big(page.locator("[data-photo-label]"))
    shot = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": files.noise((2400, 1600))}
    chooser.value.set_files(shot)
    expect(page.locator("[data-shots] img")).to_have_count(1)
    thumb.big(page.get_by_role("button", name="保存", exact=True))
    # At the items at once, ready for the next; it is sent meanwhile.
    expect(page.get_by_role("link", name="主干道路面及两侧", exact=True)).to_be_visible()
    assert time.monotonic() - began < MOST_SECONDS
    assert len(thumb.taps) <= MOST_TAPS
    expect(page.locator("#found")).to_contain_text("照片 1")
    waits(page, 0)
    sound(phone)
    [row] = kept(acting, inspector)
    assert (row.occurrences, row.points, row.latitude) == (2, 4, None)
    assert abs((timezone.now() - row.found_at).total_seconds()) < 300
    with acting(inspector):
        assert files_of(row).count() == 1
    # The same fault again stands on top: one tap less.
    again = Thumb(page)
    again.big(page.locator("[data-recent] a"))
    again.big(page.get_by_role("button", name="保存", exact=True))
    expect(page.locator("#found .count")).to_have_text("2")
    # The last one is taken back; then it is handed in.
    page.get_by_role("button", name="撤销这一条").tap()
    page.get_by_text("已撤销").wait_for()
    assert kept(acting, inspector) == [row]
    page.get_by_role("button", name="检查完毕，提交").tap()
    page.get_by_text("检查已提交").wait_for()


def test_without_network_nothing_is_lost_and_it_is_sent_once(phone, acting, inspector, patrol):
    page = phone.page
    # Nobody else may send what this page sends: answers to the service worker cannot be lost from here.
    page.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    address = f"/sanitation/field/{patrol.pk}/"
    phone.open(address)
    kept_sealed(page)
    phone.context.set_offline(True)
    page.get_by_role("link", name="主干道路面及两侧").tap()
    page.locator("[data-part=faults] .field-fault", has_text="散落垃圾").tap()
    page.get_by_label("具体位置（可不填）").fill("老街口东侧")
    page.get_by_role("button", name="加一").tap()
    photograph(page)
    page.wait_for_timeout(
        2000
    )  # half a form is sealed and kept a moment after the last word or photo
    # Half a form survives a reload, still without network.
    page.reload()
    expect(page.get_by_label("具体位置（可不填）")).to_have_value("老街口东侧")
    expect(page.get_by_label("处数")).to_have_value("2")
    expect(page.locator("[data-shots] img")).to_have_count(1)
    # Saved without network it waits.
    page.get_by_role("button", name="保存", exact=True).tap()
    waits(page, 1)
    expect(page.get_by_role("status").last).to_contain_text("没有网络")
    page.get_by_role("button", name="检查完毕，提交").tap()
    expect(page.get_by_role("status").last).to_contain_text("没有网络")
    assert kept(acting, inspector) == []
    sound(phone)
    # The server stores it, but its answer is lost: it is sent again, and stored once.
    lost = []

    def store_and_lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.fallback()

    phone.context.route("**/offline/finding/", store_and_lose)
    phone.context.set_offline(False)
    expect(page.locator("#found")).to_contain_text("散落垃圾")
    waits(page, 0)
    assert lost == [200]
    [row] = kept(acting, inspector)
    assert (row.place, row.occurrences) == ("老街口东侧", 2)
    with acting(inspector):
        assert files_of(row).count() == 1


def save_offline(phone, fault="散落垃圾"):
    kept_sealed(phone.page)  # only then may the network go
    phone.context.set_offline(True)
    phone.page.get_by_role("link", name="主干道路面及两侧", exact=True).tap()
    phone.page.locator("[data-part=faults] .field-fault", has_text=fault).tap()
    phone.page.get_by_role("button", name="保存", exact=True).tap()
    waits(phone.page, 1)


def test_a_session_that_ended_asks_for_its_own_user(
    phone, acting, inspector, patrol, make_user, street
):
    page = phone.page
    phone.open(f"/sanitation/field/{patrol.pk}/")
    save_offline(phone)
    cookies = phone.context.cookies()
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    page.get_by_text("登录已过期").first.wait_for()
    link = page.get_by_role("link", name="去登录")
    assert link.get_attribute("href").endswith(f"%2Fsanitation%2Ffield%2F{patrol.pk}%2F")
    # Somebody else signs in on this phone: nothing is sent in their name.
    colleague = make_user(Role.SANITATION_INSPECTOR, street, name="刘芳")
    phone.sign_in(colleague)
    page.get_by_role("button", name="立即发送").tap()
    page.get_by_text("现在登录的是另一个账号").first.wait_for()
    phone.open(f"/sanitation/field/{patrol.pk}/")
    page.get_by_text("由其他账号登记").wait_for()
    assert kept(acting, inspector) == []
    phone.context.add_cookies(cookies)
    phone.open("/sanitation/field/")
    page.get_by_text("已送达").wait_for()
    waits(page, 0)
    [row] = kept(acting, inspector)
    assert row.recorded_by == inspector


def test_what_the_server_refuses_stays_with_its_reason(phone, acting, inspector, patrol):
    page = phone.page
    phone.open(f"/sanitation/field/{patrol.pk}/")
    save_offline(phone)
    with acting(inspector):
        Inspection.objects.filter(pk=patrol.pk).update(handed_in_on=timezone.localdate())
    phone.context.set_offline(False)
    page.locator(".field-why", has_text="已经提交").wait_for()
    assert kept(acting, inspector) == []
    page.get_by_role("link", name="改正").tap()
    waits(page, 0)
    page.get_by_label("处数").fill("5")
    with acting(inspector):  # the desk took it back meanwhile
        Inspection.objects.filter(pk=patrol.pk).update(handed_in_on=None)
    page.get_by_role("button", name="保存", exact=True).tap()
    expect(page.locator("#found .count")).to_have_text("1")
    assert [row.occurrences for row in kept(acting, inspector)] == [5]
    # Dropping one that waits takes two taps.
    save_offline(phone)
    page.get_by_role("button", name="丢弃").tap()
    page.get_by_role("button", name="再按一次，丢弃").tap()
    expect(page.locator("#offline-box")).to_be_hidden()


def test_the_position_is_kept_only_where_it_is_ticked(phone, acting, inspector, patrol):
    page = phone.page
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 28.2277812, "longitude": 112.9386111})
    phone.open(f"/sanitation/field/{patrol.pk}/")
    for many, ticked in enumerate((False, True), start=1):
        page.get_by_role("link", name="主干道路面及两侧", exact=True).tap()
        page.locator("[data-part=faults] .field-fault", has_text="散落垃圾").tap()
        if ticked:
            page.get_by_text("更多", exact=True).tap()
            page.get_by_label("记录位置").check()
            expect(page.locator("[name=latitude]")).to_have_value("28.22778")
        page.get_by_role("button", name="保存", exact=True).tap()
        expect(page.locator("#found .count")).to_have_text(str(many))
    silent, told = kept(acting, inspector)
    assert (silent.latitude, silent.longitude) == (None, None)
    assert (str(told.latitude), str(told.longitude)) == ("28.22778", "112.93861")

"""The phone without network: visits and a finding typed in a dead spot arrive once each, though the tab was
closed and answers were lost; what lies on the phone meanwhile is sealed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.models import OfflineEntry
from portal.roles import Role
from residents.models import Visit
from sanitation.models import Finding
from tests import factories
from tests.browser.looking import grave_findings
from tests.browser.walk_phone import kept_sealed
from tests.factories import sanitation as made

WIDTH = 360
NAMES = ("沈小涵", "单小花", "古丽娜扎尔·买买提明·吐尔逊江·阿不都热合曼诺夫")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="陈素芬")


@pytest.fixture
def patrol(acting, staff, community, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with acting(staff):
        for name in NAMES:
            factories.resident(community, name, address="春华路 8 号 1 栋 101")
        return made.inspection(
            community,
            community,
            rubric=made.rubric(community),
            occurred_on=timezone.localdate(),
            recorded_by=staff,
        )


@pytest.fixture
def phone(desk, staff, patrol):
    return desk(staff, width=WIDTH)


def waits(page, many):
    expect(page.locator("#offline-box [data-list] > li")).to_have_count(many)


def visit(page, name, text, many):
    """One more, after which so many wait."""
    page.get_by_label("在名单中查找").fill(name[:3])
    page.get_by_label("居民").first.select_option(label=f"{name} · 春华路 8 号 1 栋 101")
    page.get_by_label("情况记录").fill(text)
    page.get_by_role("button", name="保存", exact=True).click()
    waits(page, many)


def all_of(acting, staff, model):
    with acting(staff):
        return list(model.objects.filter(deleted_at=None).order_by("pk"))


def told_by_storage(page) -> str:
    """Everything that the browser's own stores hold in the clear."""
    return page.evaluate(
        """async () => {
          const database = await new Promise((done) => {
            const asked = indexedDB.open("offline");
            asked.onsuccess = () => done(asked.result);
          });
          const found = [];
          for (const name of database.objectStoreNames) {
            const rows = await new Promise((done) => {
              const asked = database.transaction(name).objectStore(name).getAll();
              asked.onsuccess = () => done(asked.result);
            });
            found.push(JSON.stringify(rows));
            for (const row of rows) {
              if (row.key instanceof CryptoKey) found.push("extractable:" + row.key.extractable);
              if (row.sealed) found.push(new TextDecoder().decode(row.sealed.bytes));
            }
          }
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              if (/\\.(js|css|svg|png)/.test(request.url)) continue;
              found.push(request.url, await (await cache.match(request)).text());
            }
          }
          database.close();
          return found.join("\\n");
        }"""
    )


def test_three_visits_and_a_finding_typed_without_network_arrive_once_each(
    phone, acting, staff, patrol
):
    page, context = phone.page, phone.context
    # Nobody else may send what pages send: answers to the service worker cannot be lost from here.
    context.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    phone.open("/sanitation/field/")
    kept_sealed(page)
    phone.open("/field/")
    kept_sealed(page)
    assert grave_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    # Out of reach. The pages open all the same.
    context.set_offline(True)
    page.goto(phone.address + "/field/")
    page.get_by_role("link", name="走访").click()
    expect(page.get_by_role("heading", name="走访").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    visit(page, NAMES[0], "身体尚可", 1)
    visit(page, NAMES[1], "想学电脑", 2)
    # The tab is closed; another one opens with no network at all.
    page.close()
    phone.page = page = context.new_page()
    page.goto(f"{phone.address}/field/visit/")
    waits(page, 2)
    visit(page, NAMES[2], "卫生间扶手已装好", 3)
    page.goto(f"{phone.address}/sanitation/field/{patrol.pk}/")
    page.get_by_role("link", name="主干道路面及两侧").click()
    page.locator("[data-part=faults] .field-fault", has_text="散落垃圾").click()
    page.get_by_role("button", name="保存", exact=True).click()
    waits(page, 4)
    assert all_of(acting, staff, Visit) == all_of(acting, staff, Finding) == []
    # What waits and what was kept cannot be read without the key, and the key does not come out.
    told = told_by_storage(page)
    assert "extractable:false" in told
    for secret in (*NAMES, "身体尚可", "散落垃圾", "春华路"):
        assert secret not in told
    # The server stores the first ones, and their answers are lost.
    lost = []

    def store_and_lose(route):
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.fallback()

    context.route("**/offline/**", store_and_lose)
    context.set_offline(False)
    # Any page of the portal sends; two at once do no harm.
    other = context.new_page()
    other.goto(phone.address + "/ledger/visits/")
    page.goto(phone.address + "/field/")
    expect(page.locator("#offline-box")).to_be_hidden()
    expect(other.locator("#offline-hint")).to_be_hidden()
    assert lost == [200, 200]
    visits = all_of(acting, staff, Visit)
    assert sorted(row.content for row in visits) == ["卫生间扶手已装好", "想学电脑", "身体尚可"]
    [finding] = all_of(acting, staff, Finding)
    assert {row.recorded_by for row in (*visits, finding)} == {staff}
    with acting(staff):
        assert OfflineEntry.objects.count() == 4
    expect(page.locator("[data-offline-times]")).to_contain_text("上次送达")


def test_signed_out_nothing_can_be_read_and_what_waits_goes_with_its_own_person(
    phone, acting, staff, patrol, make_user, community
):
    page, context = phone.page, phone.context
    phone.open("/field/")
    kept_sealed(page)
    context.set_offline(True)
    page.goto(phone.address + "/field/visit/")
    # Tomorrow is refused when it arrives, and can be put right.
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.locator("[name=occurred_on]").fill(f"{tomorrow:%Y-%m-%d}")
    visit(page, NAMES[0], "身体尚可", 1)
    context.set_offline(False)
    page.locator(".field-why", has_text="日期不能晚于今天").wait_for()
    # Signed out: the lists are gone, what waits stays sealed.
    phone.open("/")
    page.locator("details.menu > summary").last.click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="登录").wait_for()
    context.set_offline(True)
    page.goto(phone.address + "/field/visit/")
    page.get_by_text("本机没有可以离线打开的内容").wait_for()
    expect(page.get_by_text(re.compile("本机还有 1 条"))).to_be_visible()
    assert NAMES[0] not in page.content()
    # A colleague on the same phone sees that something waits, and not what.
    context.set_offline(False)
    colleague = make_user(Role.COMMUNITY_STAFF, community, name="刘芳")
    phone.sign_in(colleague)
    phone.open("/field/")
    page.get_by_text("由其他账号登记").wait_for()
    waits(page, 0)
    assert "身体尚可" not in told_by_storage(page)
    assert all_of(acting, staff, Visit) == []
    # Their own person signs in again, and puts it right under the same key.
    phone.sign_in(staff)
    phone.open("/field/")
    page.get_by_role("link", name="改正").click()
    expect(page.get_by_label("情况记录")).to_have_value("身体尚可")
    page.locator("[name=occurred_on]").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已送达")
    [row] = all_of(acting, staff, Visit)
    assert (row.content, row.occurred_on) == ("身体尚可", timezone.localdate())

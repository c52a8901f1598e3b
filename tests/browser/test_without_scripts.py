"""Without JavaScript: everything is read, and plain entry works. What a script adds is not offered."""

import re

import pytest
from playwright.sync_api import expect

from portal.roles import Role
from residents.models import Visit
from tests import factories
from tests.conftest import PASSWORD
from tests.reports.conftest import HOME, record_a_year


@pytest.fixture
def plain(desk, make_user, community, acting):
    """The window of a clerk whose browser runs no script, signed in by the form."""
    clerk = make_user(Role.COMMUNITY_STAFF, community, name="陈彩霞")
    with acting(community):
        record_a_year(community)
        factories.resident(community, "沈小涵")
    window = desk(java_script_enabled=False)
    window.sign_in_by_form(clerk.username, PASSWORD)
    return window


def test_reading_and_plain_entry_need_no_script(plain, community, acting):
    reading(plain)
    a_visit(plain)
    a_visit_mended(plain)
    with acting(community):
        told = Visit.objects.filter(resident__name="沈小涵").order_by("pk")
        assert [visit.content for visit in told] == ["身体尚可。", "补记一次。"]
    a_summary(plain)
    residents(plain)
    assert plain.complaints == []


def reading(plain):
    """Home, a list filtered and sorted, a record, a figure and the records behind it."""
    page = plain.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("陈彩霞")
    expect(page.get_by_role("group", name="文字大小")).to_be_hidden()  # needs a script: not offered
    plain.open("/ledger/visits/")
    page.get_by_label("方式").select_option("入户")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".rows-count").first).to_contain_text(f"共 {HOME} 条")
    page.get_by_role("link", name="日期").click()  # sorts
    page.locator("a.record-link").first.click()
    expect(page.get_by_role("heading", name="变更记录")).to_be_visible()
    plain.open("/figures/disability.visits/?period=2025")
    value = page.locator(".tile-value").inner_text()
    assert re.match(r"[1-9]\d*", value)
    expect(page.locator(".rows-count").first).to_contain_text(
        f"共 {re.match(r'[0-9]+', value)[0]} 条"
    )


def a_visit(plain):
    """The person is typed, the server finds them."""
    fill_visit(plain, "身体尚可。", person="沈小涵")
    expect(plain.page.get_by_role("status").first).to_contain_text("已登记")


def a_visit_mended(plain):
    """What was typed stays, the summary leads to the field, and the second try is stored once."""
    page = plain.page
    fill_visit(plain, "补记一次。", person="")
    page.locator(".error-summary").get_by_role("link").first.click()
    expect(page.get_by_label("情况记录")).to_have_value("补记一次。")
    page.get_by_role("combobox", name="居民").fill("沈小涵")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已登记")


def fill_visit(plain, told, person):
    page = plain.page
    plain.open("/ledger/visits/add/")
    page.get_by_role("combobox", name="居民").fill(person)
    page.get_by_label("日期").fill("2025-03-10")
    page.get_by_label("走访人").fill("陈彩霞")
    page.get_by_label("了解近况").check()
    page.get_by_label("情况记录").fill(told)
    page.get_by_role("button", name="保存", exact=True).click()


def a_summary(plain):
    """Drafted, its text changed in a plain field, checked, read as a page."""
    page = plain.page
    plain.open("/summaries/new/")
    page.get_by_label("种类").select_option("A")
    page.get_by_label("其他时段").fill("2025")
    page.get_by_role("button", name="按记录起草").click()
    page.locator("[name=section-next]").fill("下一步继续走访。")
    page.get_by_role("button", name="保存并检查").click()
    expect(page.locator(".sheet")).to_contain_text("下一步继续走访。")
    expect(page.locator("#findings")).to_be_visible()


def residents(plain):
    plain.open("/public/")
    plain.page.get_by_role("link", name="明珠社区").first.click()
    expect(plain.page.get_by_label("您想办什么事")).to_be_visible()

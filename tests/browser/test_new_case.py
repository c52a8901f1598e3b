"""At the window: a 承诺件 from a search by pinyin initials to its number, fast and with few interactions."""

import re
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.roles import Role
from servicecenter.enums.cases import CaseState
from servicecenter.models import Case
from servicecenter.selectors.public import status_path
from servicecenter.services.cases import act
from tests import factories
from tests.factories import cases

MOST_SECONDS, MOST_INTERACTIONS = 60, 12


class Hand:
    """Counts what the clerk does: each click, each field that is typed into."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, target):
        self.count += 1
        target.click()

    def type(self, target, text):
        self.count += 1
        target.press_sequentially(text, delay=20)


@pytest.fixture
def window(acting, make_user, community):
    """A clerk with a hall, an item of three materials, and two residents of the initials hwf."""
    clerk = make_user(Role.WINDOW_CLERK, community, name="陈彩霞")
    with acting(community):
        cases.hall(community, "春明代办")
        item = cases.item(community, "GL-01", "高龄津贴申领")
        cases.version(community, item, ("身份证", "户口簿", "银行卡"))
        cases.version(community, cases.item(community, "DB-01"))
        cases.agent(community, "陈彩霞", user=clerk)
        for name in ("何文芳", "黄文发"):
            factories.resident(community, name, phone="13800138000")
    return clerk


def accept(desk) -> Hand:
    """From the home page to the page of the accepted case."""
    desk.open("/")
    page, hand = desk.page, Hand(desk.page)
    hand.click(page.get_by_role("link", name=re.compile(r"^登记\s*办件$")))
    hand.type(page.get_by_label("查找申请人"), "hwf")
    hand.click(page.get_by_role("button", name="黄文发"))
    expect(page.get_by_text("没有正在办理的办件")).to_be_visible()
    hand.type(page.get_by_label("查找事项"), "glj")
    hand.click(page.get_by_role("button", name="高龄津贴申领"))
    hand.click(page.get_by_role("button", name="全部收齐"))
    hand.click(page.get_by_role("button", name="登记并受理"))
    expect(page.get_by_role("status")).to_contain_text("已受理：春明代办〔")
    return hand


def test_accepted_within_a_minute_and_twelve_interactions(desk, window, acting, community):
    clerk, began = desk(window), time.monotonic()
    hand = accept(clerk)
    hand.click(clerk.page.get_by_role("link", name="出具承办单"))
    with clerk.page.expect_response(re.compile(r"/papers/accept\.pdf")) as printed:
        hand.click(clerk.page.get_by_role("button", name="出具并打印"))
    assert printed.value.ok

    assert time.monotonic() - began < MOST_SECONDS
    assert hand.count <= MOST_INTERACTIONS
    assert clerk.complaints == []
    with acting(community):
        case = Case.objects.get()
        clerk.open(f"/ledger/cases/{case.pk}/")
        expect(clerk.page.locator(".way [aria-current=step]")).to_contain_text("派办")
        assert case.receipt_on is not None
        assert (case.state, case.resident.name, case.agent.name) == (
            CaseState.ACCEPTED,
            "黄文发",
            "陈彩霞",
        )
        assert case.given.filter(given_on__isnull=False).count() == 3


def test_an_outsider_is_typed_where_nobody_was_found(desk, window, acting, community):
    clerk = desk(window, width=360)
    clerk.open("/servicecenter/cases/new/")
    page = clerk.page
    page.get_by_label("查找申请人").press_sequentially("周游", delay=20)
    page.get_by_role("button", name="登记辖区外申请人").click()
    expect(page.get_by_label("姓名（名称）")).to_have_value("周游")
    page.get_by_label("证件号码").fill(factories.id_number())
    page.get_by_label("查找事项").press_sequentially("DB-01", delay=20)
    page.get_by_role("button", name="城乡居民最低生活保障初审").click()
    expect(page.get_by_role("heading", name="3. 材料")).to_be_visible()
    expect(page.get_by_label("姓名（名称）")).to_have_value("周游")
    page.get_by_role("button", name="只登记").click()
    expect(page.get_by_role("status")).to_contain_text("已登记")
    assert clerk.complaints == []
    with acting(community):
        assert Case.objects.get().outsider.name == "周游"


def test_from_the_receipt_to_the_rating_that_the_clerk_sees(
    desk, window, acting, make_user, community
):
    """The resident scans the receipt, sees the steps, is told the result, rates; the clerk sees it."""
    clerk, resident = desk(window), desk(width=360)
    accept(clerk)
    staff = make_user(Role.COMMUNITY_STAFF, community, name="罗文海")
    with acting(staff):
        case, place = Case.objects.get(), cases.station(community)
        scanned = status_path(case)
    resident.open(scanned)
    expect(resident.page.get_by_text(case.number)).to_be_visible()
    expect(resident.page.locator("body")).not_to_contain_text("黄文发")
    with acting(staff):
        case = act(Case.objects.get(), "assign", {"station": place}, by=staff)
        case = act(case, "take", {}, by=staff)
        day = timezone.localdate()
        act(case, "decide", {"decided_on": day, "outcome": "granted"}, by=staff)
    clerk.open(f"/servicecenter/cases/{case.pk}/act/reply/")
    clerk.page.get_by_label("回复方式").select_option("电话")
    clerk.page.get_by_label("回复内容").fill("津贴已批准，下月发放。")
    clerk.page.get_by_role("button", name="回复申请人").click()
    expect(clerk.page.get_by_role("status")).to_be_visible()
    resident.open(scanned)
    expect(resident.page.locator("body")).to_contain_text("已经办结并回复")
    resident.page.get_by_role("link", name="评价这次服务").click()
    resident.page.get_by_label("非常满意", exact=True).check(force=True)
    resident.page.get_by_role("button", name="提交评价").click()
    expect(resident.page.locator("body")).to_contain_text("谢谢您的评价")
    clerk.open(f"/ledger/cases/{case.pk}/")
    expect(clerk.page.get_by_role("link", name="非常满意")).to_be_visible()
    assert clerk.complaints == []

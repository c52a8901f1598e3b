"""Columns put in order by keyboard, and full numbers from the request to the file."""

from playwright.sync_api import expect

from portal.roles import Role
from tests import factories


def test_columns_by_keyboard(desk, make_user, community, acting):
    with acting(community):
        factories.visit(factories.resident(community))
    window = desk(make_user(Role.COMMUNITY_STAFF, community))
    window.open("/ledger/visits/")
    page = window.page
    page.get_by_role("link", name="栏目").click()
    page.get_by_role("checkbox", name="走访人").press("Space")
    up = page.get_by_role("button", name="方式上移")
    up.press("Enter")
    expect(page.locator(".arrange > li").nth(2)).to_contain_text("方式")
    expect(page.get_by_role("checkbox", name="走访人")).not_to_be_checked()
    page.get_by_role("button", name="保存", exact=True).press("Enter")
    headers = page.get_by_role("columnheader")
    expect(headers.nth(2)).to_contain_text("方式")
    expect(page.get_by_role("columnheader", name="走访人")).to_have_count(0)
    assert window.complaints == []


def test_full_numbers_from_the_request_to_the_file(desk, make_user, community, acting):
    with acting(community):
        factories.resident(community, "黄文发")
    staff = desk(make_user(Role.COMMUNITY_STAFF, community, name="李梅"))
    head = desk(make_user(Role.COMMUNITY_HEAD, community, name="刘志强"))
    staff.open("/ledger/residents/")
    page = staff.page
    page.get_by_role("link", name="导出或打印").click()
    page.get_by_role("link", name="申请导出完整号码").click()
    page.get_by_role("checkbox", name="证件号码").check()
    page.get_by_label("用途").select_option(label="上级部门要求报送")
    page.get_by_label("说明").fill("民政所核对低保名册")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="确认提交申请").click()
    expect(page.locator("h1")).to_contain_text("待批准")

    head.open("/")
    head.page.get_by_role("link", name="李梅：居民 1 条", exact=True).click()
    head.page.get_by_role("button", name="批准", exact=True).click()
    expect(head.page.locator("h1")).to_contain_text("已批准")

    page.reload()
    with page.expect_download() as caught:
        page.get_by_role("button", name="下载 Excel").click()
    assert caught.value.suggested_filename.startswith("居民_申请 ")
    assert staff.complaints == head.complaints == []

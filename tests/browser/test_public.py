"""Residents on a telephone of 360 px, without sign-in: guides, an application, where a case stands."""

import pytest

from servicecenter.enums.cases import CaseState
from servicecenter.selectors.public import status_path
from tests.browser.looking import grave_findings
from tests.servicecenter.public_world import hall, make_case, make_version

__all__ = ["hall", "make_case", "make_version"]
WIDTH = 360


@pytest.fixture
def phone(desk):
    return desk(width=WIDTH)


def sound(phone):
    """Nothing serious for axe, nothing said in the console, nothing to scroll sideways, no session."""
    assert grave_findings(phone.page) == []
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    assert "session" not in {cookie["name"] for cookie in phone.context.cookies()}
    said = [text for text in phone.complaints if "status of 404" not in text]
    assert said == []


def test_from_the_guide_to_an_application_and_its_code(phone, community, make_version, hall):
    make_version(
        community,
        "城乡居民最低生活保障（含低收入家庭认定）初审",
        conditions="共同生活的家庭成员人均收入低于当地标准",
        legal_days=30,
        promised_days=10,
    )
    page = phone.page
    phone.open("/public/")
    sound(phone)
    page.get_by_role("link", name="明珠社区").click()
    sound(phone)
    page.get_by_label("您想办什么事").fill("zdsh")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="城乡居民最低生活保障").click()
    sound(phone)
    page.get_by_role("link", name="网上申请").click()
    sound(phone)
    page.get_by_role("button", name="提交申请").click()
    page.get_by_role("alert").wait_for()
    sound(phone)
    page.get_by_label("姓名").fill("金丝雀")
    page.get_by_label("证件类型").select_option("护照")
    page.get_by_label("证件号码").fill("E12345678")
    page.get_by_label("联系电话").fill("13800138000")
    page.get_by_label("申请内容").fill("想申请低保。")
    page.get_by_label("我已阅读并同意").check()
    page.get_by_role("button", name="提交申请").click()
    code = page.locator(".public-code strong").inner_text()
    sound(phone)
    page.get_by_role("link", name="查看处理情况").click()
    page.get_by_label("登记码").fill(code.lower())
    page.get_by_role("button", name="查看").click()
    page.get_by_role("heading", name="待处理").wait_for()
    sound(phone)


def test_the_link_of_a_receipt_and_a_number_typed_in(phone, make_case):
    case = make_case(CaseState.HANDLING)
    path = status_path(case)
    phone.open(path)
    phone.page.get_by_role("heading", name="正在办理").wait_for()
    sound(phone)
    phone.open("/public/case/")
    phone.page.get_by_label("办件编号").fill(case.number)
    phone.page.get_by_label("查询码").fill("AAAAAAAAAA")
    phone.page.get_by_role("button", name="查询").click()
    phone.page.get_by_text("没有查到").wait_for()
    sound(phone)


@pytest.fixture
def without_scripts(new_context, live_server):
    context = new_context(java_script_enabled=False, viewport={"width": WIDTH, "height": 780})
    page = context.new_page()
    return lambda path: (page.goto(live_server.url + path), page)[1]


def test_without_javascript_a_case_is_found(without_scripts, make_case):
    case = make_case(CaseState.REPLIED)
    path = status_path(case)
    page = without_scripts("/public/case/")
    page.get_by_label("办件编号").fill(case.number)
    page.get_by_label("查询码").fill(path.rstrip("/").split("/")[-1])
    page.get_by_role("button", name="查询").click()
    page.get_by_role("heading", name="已经办结并回复").wait_for()

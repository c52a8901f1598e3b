"""The main job end to end, as its people do it: record, import, draft, prove, correct, sign, print."""

import io
import re
from itertools import count

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from residents.models import Visit
from tests import factories
from tests.cases import s1
from tests.conftest import PASSWORD
from tests.portal.pdf_pages import read_text
from tests.worker import working

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "残疾人走访"
HOME_VISITS = "disability.visits_home"
TOLD = (
    "入户走访129人次",
    "电话询访63人次",
    "残疾人192人次",
    "困难残疾人5",
    "残疾人参训3人",
    "200份",
)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "chen", name="陈彩霞")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, "lin", name="林国栋")


@pytest.fixture
def namesakes(acting, community):
    """Two residents whose initials are hwf, in the order of their pinyin."""
    with acting(community):
        return [factories.resident(community, name) for name in ("何文芳", "黄文发")]


def with_a_wrong_cell() -> tuple[bytes, str]:
    """S1's workbook with a way of visiting that does not exist, and the cell it stands in."""
    book = openpyxl.load_workbook(s1.PATH)
    sheet = book[SHEET]
    [column] = [cell.column for cell in sheet[1] if cell.value == "方式"]
    cell = sheet.cell(57, column)
    cell.value = "飞鸽"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue(), cell.coordinate


def tab_to(page, target):
    """Reach ``target`` as somebody without a mouse does."""
    for _ in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the Tab key never comes to {target}")


def follow(page, menu_item, fold=""):
    menu = page.get_by_role("navigation", name="主导航")
    link = menu.get_by_role("link", name=menu_item, exact=True)
    if fold and not link.is_visible():
        menu.get_by_text(fold, exact=True).click()
    link.click()


def upload(page, content: bytes, name="2025年残疾人工作台账.xlsx"):
    follow(page, "导入工作簿", fold="导入与报送")
    file = {"name": name, "mimeType": XLSX, "buffer": content}
    page.get_by_label("Excel 工作簿").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()


def listed_records(page) -> list[int]:
    """The ids of the records that the page lists, all its pages turned."""
    found = []
    for number in count(1):
        if number > 1:  # the next page must be there before it is read
            expect(page.locator(".pager")).to_contain_text(f"第 {number} /")
        page.wait_for_load_state()
        links = page.locator("#rows a.record-link").evaluate_all("all => all.map(a => a.pathname)")
        found += [int(path.rstrip("/").rpartition("/")[2]) for path in links]
        further = page.get_by_role("link", name="下一页")
        if not further.count():
            break
        further.click()
    return found


def test_main_job_from_first_record_to_printed_summary(
    desk, staff, head, namesakes, community, acting
):
    clerk = desk()
    clerk.sign_in_by_form("chen", PASSWORD)
    expect(clerk.page.get_by_role("heading", level=1)).to_contain_text("陈彩霞")
    record_a_visit_by_keyboard(clerk.page)
    with acting(community):
        [visit] = Visit.objects.all()
        assert (visit.resident, visit.recorded_by) == (namesakes[1], staff)

    content, cell = with_a_wrong_cell()
    with working():
        upload(clerk.page, content)
        named = clerk.page.get_by_role("table", name="有误的行").locator("tbody tr")
        expect(named).to_have_count(1)
        expect(named.get_by_role("rowheader")).to_contain_text(SHEET)
        expect(named.get_by_role("cell").first).to_contain_text(cell)
        expect(clerk.page.get_by_role("button", name="确认导入")).to_have_count(0)
        with acting(community):
            assert list(Visit.objects.all()) == [visit]

        upload(clerk.page, s1.PATH.read_bytes())
        clerk.page.get_by_role("button", name="确认导入").click()
        expect(clerk.page.get_by_role("heading", level=1)).to_have_text("导入完成")

    draft_the_year(clerk.page)
    clerk.page.get_by_role("tab", name="文字稿").click()
    sheet = clerk.page.get_by_role("region", name="版面预览")
    expect(sheet).to_contain_text("入户走访129人次")
    draft_address = clerk.page.url
    prove_the_number(clerk.page, sheet, community, acting)

    clerk.page.goto(draft_address)
    contradict_and_mend(clerk.page, sheet)
    submit_for_review(clerk.page)
    assert clerk.complaints == []

    signer = desk()
    signer.sign_in_by_form("lin", PASSWORD)
    pdf = sign_and_download(signer.page)
    text = read_text(pdf)
    assert [words for words in TOLD if words not in text] == []
    assert signer.complaints == []


def record_a_visit_by_keyboard(page):
    """No mouse from here to the saved record; the resident is found by the initials hwf."""
    keyboard = page.keyboard
    tab_to(page, page.get_by_role("link", name=re.compile(r"^登记\s*走访$")))
    keyboard.press("Enter")
    page.wait_for_url("**/ledger/visits/add/")
    tab_to(page, page.get_by_role("combobox", name="居民"))
    keyboard.type("hwf", delay=20)
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(2)
    expect(options).to_contain_text(["何文芳", "黄文发"])
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="居民")).to_have_value("黄文发")
    tab_to(page, page.get_by_label("日期"))
    keyboard.type(f"{timezone.localdate():%m%d%Y}")
    tab_to(page, page.get_by_label("走访人"))
    keyboard.type("陈彩霞")
    tab_to(page, page.get_by_label("了解近况"))
    keyboard.press("Space")
    tab_to(page, page.get_by_label("情况记录"))
    keyboard.type("身体尚可，没有新的困难。")
    tab_to(page, page.get_by_role("button", name="保存", exact=True))
    keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已登记")
    expect(page.get_by_text("身体尚可，没有新的困难。")).to_be_visible()


def draft_the_year(page):
    follow(page, "工作总结")
    page.get_by_role("link", name="起草", exact=True).first.click()
    page.get_by_label("种类").select_option("A")
    page.get_by_label("其他时段").fill("2025")
    page.get_by_role("button", name="按记录起草").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("明珠社区2025年残疾人工作总结")


def prove_the_number(page, sheet, community, acting):
    """The number opens the very records it counts: as many, and those of the evidence queryset."""
    sheet.get_by_role("link", name="129人次").click()
    expect(page.locator(".tile-value")).to_have_text("129人次")
    expect(page.locator(".rows-count")).to_contain_text("共 129 条")
    ids = listed_records(page)
    with acting(community):
        counted = engine.evidence(HOME_VISITS, [community.pk], Period.parse("2025"))
        assert sorted(ids) == sorted(counted.values_list("pk", flat=True))
        assert {visit.mode for visit in Visit.objects.filter(pk__in=ids)} == {"home"}
    assert len(set(ids)) == len(ids) == 129


def contradict_and_mend(page, sheet):
    """A digit changed by hand is an error with the true value; one click puts the figure back."""
    part, stored = (
        page.get_by_role("textbox", name="走访与服务"),
        page.locator("[name=section-visits]"),
    )
    assert "{残疾人入户走访}" in stored.input_value()
    part.fill(stored.input_value().replace("{残疾人入户走访}", "128人次"))
    page.get_by_role("button", name="保存并检查").click()
    expect(page.locator("#findings")).to_contain_text("错误 1 处")
    finding = page.locator("#part-visits .finding-error")
    expect(finding).to_contain_text("写成了128，按记录应为129")
    expect(sheet).to_contain_text("入户走访128人次")
    finding.get_by_role("button", name=re.compile("^换成")).click()
    expect(page.locator("#findings")).not_to_contain_text("错误 1 处")
    expect(sheet).to_contain_text("入户走访129人次")
    assert "{残疾人入户走访}" in stored.input_value()


def submit_for_review(page):
    page.get_by_role("link", name="送审", exact=True).click()
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.get_by_text("待审核").first).to_be_visible()


def sign_and_download(page) -> bytes:
    """The head reviews what the clerk submitted, and signs it."""
    follow(page, "工作总结")
    page.get_by_role("link", name="明珠社区2025年残疾人工作总结").click()
    page.get_by_role("button", name="审核通过").click()
    page.get_by_role("link", name="去签发").last.click()
    page.get_by_role("button", name="确认签发").click()
    expect(page.get_by_text("第 1 次签发")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 PDF").click()
    assert download.value.suggested_filename == "明珠社区2025年残疾人工作总结.pdf"
    return download.value.path().read_bytes()

"""A walk past every type of page, as the people who use it meet it; the sweeping tests go along."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.test import override_settings

from tests.browser.world import World
from tests.imports.conftest import PEOPLE, VISITS, citizen, xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEAR = "period=2025"


@dataclass(frozen=True)
class Stop:
    """A page reached; ``status`` is what its console may report about the page itself."""

    name: str
    desk: object
    status: int = 200


def walk(desk, world: World) -> Iterator[Stop]:
    """``desk(user=None)`` opens a window. Pages come in an order in which they can be reached."""
    yield from entrance(desk())
    staff = desk(world.staff)
    yield from everyday(staff, world)
    yield from recording(staff, world)
    yield from importing(staff)
    yield from numbers(staff, world)
    yield from emptiness(desk(world.newcomer))
    yield from summaries(staff, desk(world.head))
    yield from street(desk(world.supervisor), world)
    yield from administration(desk(world.system), desk(world.security), world)


def entrance(visitor):
    visitor.open("/login/")
    yield Stop("sign-in", visitor)
    visitor.page.get_by_label("用户名").fill("nobody")
    visitor.page.get_by_label("密码").fill("not the password")
    submit(visitor, "登录")
    yield Stop("sign-in-refused", visitor)
    with override_settings(DEMO=True):
        visitor.open("/login/")
        yield Stop("sign-in-demo", visitor)


def everyday(staff, world):
    yield from opened(
        staff,
        {
            "home": "/",
            "list": "/ledger/visits/",
            "list-filtered": f"/ledger/visits/?{YEAR}&mode=home&page=2",
            "list-residents": "/ledger/residents/",
            "list-bin": "/ledger/visits/bin/",
            "detail": f"/ledger/residents/{world.person.pk}/",
            "detail-visit": f"/ledger/visits/{world.visit.pk}/",
            "detail-activity": f"/ledger/activities/{world.activity.pk}/",
            "detail-certificate": f"/ledger/certificates/{world.certificate.pk}/",
            "detail-household": f"/ledger/households/{world.home.pk}/",
            "unmask": f"/ledger/residents/{world.person.pk}/unmask/id_number/",
            "delete": f"/ledger/visits/{world.visit.pk}/delete/",
            "household-split": f"/residents/households/{world.home.pk}/split/",
            "take-over": "/residents/take-over/",
            "population": "/residents/population/",
            "quality": "/quality/",
            "quality-rule": "/quality/residents.no_phone/",
            "duplicates": "/duplicates/",
            "papers": "/papers/",
            "columns": "/ledger/visits/columns/",
            "export": f"/ledger/visits/export/?{YEAR}",
            "export-request": "/ledger/residents/export/request/",
            "export-requests": "/exports/requests/",
            "profiles": "/exports/profiles/",
            "profile-new": "/ledger/certificates/export/profile/",
            "sendings": "/exports/sendings/",
            "password": "/password/",
            "styleguide": "/styleguide/",
        },
    )
    staff.open("/ledger/residents/")
    search = staff.page.get_by_role("searchbox", name="在居民中查找")
    search.fill("没有这个人")
    search.press("Enter")
    staff.page.get_by_text("没有符合条件的记录").wait_for()
    yield Stop("list-nothing-found", staff)
    people = staff.page.get_by_role("searchbox", name="查找居民、户、证件")
    staff.page.keyboard.press("Control+k")
    assert people.evaluate("box => box === document.activeElement")
    staff.page.keyboard.type("sxh")
    staff.page.locator("#search-results a").nth(1).wait_for()
    yield Stop("search-suggestions", staff)
    people.press("Enter")
    staff.page.wait_for_url("**/search/")
    yield Stop("search", staff)
    staff.open("/ledger/visits/987654/")
    yield Stop("missing", staff, 404)
    staff.open("/units/")
    yield Stop("denied", staff, 403)


def recording(staff, world):
    yield from opened(
        staff,
        {
            "form": "/ledger/visits/add/",
            "form-resident": "/ledger/residents/add/",
            "form-disability": "/ledger/disability-files/add/",
            "form-activity": "/ledger/activities/add/",
            "form-many": "/ledger/visits/add-many/",
            "form-batch": "/ledger/visits/add-batch/?by=all",
            "entry-drafts": "/drafts/",
        },
    )
    staff.open("/ledger/visits/add/")
    staff.page.get_by_role("combobox", name="居民").press_sequentially("gln")
    staff.page.get_by_role("listbox").get_by_role("option").first.wait_for()
    yield Stop("form-picking", staff)
    staff.page.get_by_label("日期").fill("")
    submit(staff, "保存")
    staff.page.get_by_role("heading", name="还不能保存").wait_for()
    yield Stop("form-errors", staff)
    path = f"/ledger/visits/{world.visit.pk}/edit/"
    staff.open(path)
    yield Stop("form-edit", staff)
    with another_window(staff, path) as other:
        other.get_by_label("情况记录").fill("另一处先保存的情况。")
        other.get_by_role("button", name="保存", exact=True).click()
        other.get_by_text("已保存").wait_for()
    staff.page.get_by_label("情况记录").fill("这一处后保存的情况。")
    submit(staff, "保存")
    yield Stop("conflict", staff, 409)


def importing(staff):
    staff.open("/imports/")
    yield Stop("import", staff)
    wrong = citizen(7)[:-1] + "*"
    people = [PEOPLE, ["黄文发", citizen(7), "13800000001", ""]]
    visits = [VISITS, ["2025-03-10", "黄文发", citizen(7), "入户", "李梅", ""]]
    send(staff, xlsx(居民=[PEOPLE, ["黄文发", wrong, "", "昨天以前"]], 走访=visits))
    yield Stop("import-refused", staff)
    staff.open("/imports/")
    send(staff, xlsx(居民=people, 走访=visits))
    yield Stop("import-preview", staff)
    submit(staff, "确认导入")
    yield Stop("import-done", staff)


def numbers(staff, world):
    yield from opened(
        staff,
        {
            "figures": "/figures/",
            "figure": f"/figures/disability.visits/?{YEAR}",
            "figure-ratio": f"/figures/disability.visit_coverage/?{YEAR}",
            "figure-stock": "/figures/residents.registered/",
            "figure-empty": "/figures/disability.visits/?period=2024",
            "office": "/office/",
        },
    )


def emptiness(newcomer):
    yield from opened(
        newcomer,
        {
            "home-empty": "/",
            "list-empty": "/ledger/visits/",
            "summaries-empty": "/summaries/",
        },
    )


def summaries(staff, head):
    staff.open("/summaries/new/")
    yield Stop("summary-start", staff)
    staff.page.get_by_label("其他时段").fill("2025")
    submit(staff, "按记录起草")
    yield Stop("summary-draft", staff)
    part = staff.page.get_by_role("textbox", name="走访与服务")
    told = staff.page.locator("[name=section-visits]").input_value()
    part.fill(told.replace("{残疾人入户走访}", "998人次"))
    submit(staff, "保存并检查")
    yield Stop("summary-contradicted", staff)
    draft = staff.page.url
    staff.page.get_by_role("link", name="按记录重新起草").click()
    yield Stop("summary-redraft", staff)
    staff.page.goto(draft)
    staff.page.get_by_role("link", name="送审", exact=True).click()
    yield Stop("summary-not-ready", staff)
    staff.page.goto(draft)
    staff.page.get_by_role("textbox", name="走访与服务").fill(told)
    submit(staff, "保存并检查")
    staff.page.get_by_role("link", name="送审", exact=True).click()
    yield Stop("summary-step", staff)
    submit(staff, "送审")
    yield Stop("summary-submitted", staff)
    head.page.goto(draft)
    yield Stop("summary-review", head)
    submit(head, "审核通过")
    head.page.get_by_role("link", name="去签发").last.click()
    yield Stop("summary-sign", head)
    submit(head, "确认签发")
    head.page.get_by_text("第 1 次签发").wait_for()
    yield Stop("issue", head)
    head.page.locator("a.figure-chip").first.click()
    head.page.get_by_role("heading", level=1, name="签发时的记录").wait_for()
    yield Stop("issue-evidence", head)
    head.open("/summaries/")
    yield Stop("summaries", head)


def street(supervisor, world):
    yield from opened(
        supervisor,
        {
            "street-home": "/",
            "street": f"/boards/table/?{YEAR}",
            "board": f"/boards/disability/?{YEAR}",
            "board-drill": f"/boards/figures/disability.visits/?{YEAR}",
            "board-compare": "/boards/compare/?board=disability&period=2025&with=2024",
            "boards": "/boards/all/",
            "board-new": "/boards/new/",
            "street-figure": f"/figures/disability.visits/?{YEAR}",
            "street-list": "/ledger/visits/",
        },
    )


def administration(system, security, world):
    unit, account = world.community.pk, world.newcomer.pk
    yield from opened(
        system,
        {
            "units": "/units/",
            "unit": f"/units/{unit}/",
            "unit-form": f"/units/{unit}/rename/",
            "unit-split": f"/units/{unit}/split/",
            "accounts": "/accounts/",
            "account": f"/accounts/{account}/",
            "account-form": "/accounts/add/",
            "account-disable": f"/accounts/{account}/disable/",
        },
    )
    system.open("/accounts/add/")
    system.page.get_by_label("用户名").fill("zhang")
    system.page.get_by_label("姓名").fill("张敏")
    submit(system, "建立账号")
    if (confirm := system.page.get_by_role("button", name="确认")).count():
        confirm.click()
    system.page.wait_for_url("**/password/")
    yield Stop("account-password", system)
    yield from opened(
        security,
        {"roles": "/roles/", "role-table": "/roles/table/", "role-form": "/roles/grant/"},
    )


# --- steps --------------------------------------------------------------------------------------
def opened(desk, pages: dict[str, str]) -> Iterator[Stop]:
    for name, path in pages.items():
        assert desk.open(path).status == 200, path
        assert desk.page.url == desk.address + path  # not sent to sign in
        yield Stop(name, desk)


def submit(desk, button: str):
    """Press it and wait for the page that answers."""
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name=button, exact=True).click()


def send(staff, content: bytes):
    file = {"name": "台账.xlsx", "mimeType": XLSX, "buffer": content}
    staff.page.get_by_label("Excel 工作簿").set_input_files(file)
    submit(staff, "上传并检查")


@contextmanager
def another_window(desk, path: str):
    page = desk.context.new_page()
    page.goto(desk.address + path)
    yield page
    page.close()

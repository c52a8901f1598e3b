"""Entry by keyboard alone, and a draft that outlives a cut network and a session that ended."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from portal.models import EntryDraft
from portal.roles import Role
from residents.models import Visit
from servicecenter.enums.cases import CaseState
from servicecenter.models import Case
from tests import factories
from tests.attachments import files
from tests.browser.test_new_case import window
from tests.conftest import PASSWORD

__all__ = ["window"]
CANARY = "卫生间扶手松动，约定下周来修"


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "entry-clerk", name="陈彩霞")


@pytest.fixture
def people(acting, community, clerk):
    """黄文发 was met before; 何文芳 shares the initials."""
    with acting(community):
        found = [factories.resident(community, name) for name in ("何文芳", "黄文发")]
        factories.visit(found[1], recorded_by=clerk)
        return found


def focused(page) -> str:
    return page.evaluate("document.activeElement.name || document.activeElement.id")


def test_a_visit_from_the_home_page_to_the_next_one_without_a_mouse(
    desk, clerk, people, acting, community
):
    window = desk(clerk)
    window.open("/")
    page, press = window.page, window.page.keyboard.press
    press("?")
    expect(page.get_by_role("heading", name="快捷键")).to_be_visible()
    press("Escape")
    expect(page.locator("#keys")).to_be_hidden()

    press("g")
    press("n")
    page.keyboard.type("走访")
    press("ArrowDown")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("登记走访")
    expect(page.get_by_label("居民*", exact=True)).to_be_focused()
    page.keyboard.type("hwf")
    expect(page.get_by_role("option", name="黄文发")).to_be_visible()
    press("ArrowDown")
    press("ArrowDown")
    press("Enter")  # chooses
    expect(page.locator(".picker-status")).to_contain_text("已选定：黄文发")
    press("Enter")  # goes on
    assert focused(page) == "occurred_on"
    for name in ("mode", "visitor", "purposes"):
        press("Enter")
        assert focused(page) == name
    press("Space")
    press("Enter")
    assert focused(page) == "content"
    page.keyboard.type(CANARY)
    press("Enter")  # a new line, as ever
    page.keyboard.type("已告知家属")
    press("Alt+n")
    expect(page.get_by_role("status").first).to_contain_text("已登记")
    expect(page.get_by_role("heading", level=1)).to_have_text("登记走访")
    with acting(community):
        stored = Visit.objects.order_by("-pk").first()
        assert (stored.resident.name, stored.content) == ("黄文发", f"{CANARY}\n已告知家属")

    # Whom the clerk met last is offered by the empty box.
    press("ArrowDown")
    expect(page.get_by_role("option", name="黄文发")).to_be_visible()
    press("ArrowDown")
    press("Enter")
    page.locator("[name=purposes]").first.focus()
    press("Space")
    press("Control+Enter")
    expect(page.get_by_role("heading", name="变更记录")).to_be_visible()

    page.goto(window.address + "/ledger/visits/")
    press("j")
    press("j")
    press("k")
    assert "record-link" in page.evaluate("document.activeElement.className")
    press("/")
    assert focused(page) == "q"
    page.keyboard.type("n?jk")
    expect(page.locator("#ledger-search")).to_have_value("n?jk")
    assert window.complaints == []


def test_errors_lead_to_their_fields(desk, clerk, people):
    window = desk(clerk)
    window.open("/ledger/assistance/add/")
    page = window.page
    page.keyboard.press("Control+s")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile("慰问类别|类别")).press("Enter")
    expect(page.locator("#id_kind")).to_be_focused()
    summary.get_by_role("link", name=re.compile("居民")).press("Enter")
    field = page.locator("#id_resident")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    told = field.get_attribute("aria-describedby").split()[-1]
    expect(page.locator(f"#{told}")).to_contain_text("请选择居民")
    assert window.complaints == []


def test_a_case_is_accepted_without_a_mouse(desk, window, acting, community):
    clerk = desk(window)
    clerk.open("/servicecenter/cases/new/")
    page, press = clerk.page, clerk.page.keyboard.press

    def come_to(target):
        for _ in range(120):
            if target.evaluate("element => element === document.activeElement"):
                return
            press("Tab")
        pytest.fail(f"the Tab key never comes to {target}")

    come_to(page.get_by_label("查找申请人"))
    page.keyboard.type("hwf", delay=20)
    expect(page.get_by_role("button", name="黄文发")).to_be_visible()
    come_to(page.get_by_role("button", name="黄文发"))
    press("Enter")
    expect(page.get_by_text("没有正在办理的办件")).to_be_visible()
    come_to(page.get_by_label("查找事项"))
    page.keyboard.type("glj", delay=20)
    expect(page.get_by_role("button", name="高龄津贴申领")).to_be_visible()
    come_to(page.get_by_role("button", name="高龄津贴申领"))
    press("Enter")
    come_to(page.get_by_role("button", name="全部收齐"))
    press("Enter")
    come_to(page.get_by_role("button", name="登记并受理"))
    press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已受理：春明代办〔")
    with acting(community):
        assert Case.objects.get().state == CaseState.ACCEPTED


def draft_of(acting, who) -> list[EntryDraft]:
    with acting(who):
        return list(EntryDraft.objects.all())


COPIES = """async () => {
  const database = await new Promise((done) => {
    const request = indexedDB.open("draft-copies", 1);
    request.onsuccess = () => done(request.result);
  });
  const all = await new Promise((done) => {
    const asked = database.transaction("copies").objectStore("copies").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  database.close();
  const read = (sealed) => new TextDecoder("latin1").decode(new Uint8Array(sealed));
  return all.map((copy) => [Object.keys(copy).sort(), copy.id, read(copy.sealed)].join(" "));
}"""


def test_what_was_typed_outlives_a_cut_network_and_the_end_of_the_session(
    desk, clerk, people, acting, community
):
    window = desk(clerk)
    window.open("/ledger/visits/add/")
    page = window.page
    status, trouble = page.locator("[data-draft-status]"), page.locator("[data-draft-trouble]")
    page.get_by_label("情况记录").press_sequentially("先看到的")
    expect(status).to_contain_text("草稿已保存 今天")

    # No network: it waits here, sealed, and the form is not sent into nothing.
    window.context.set_offline(True)
    page.get_by_label("情况记录").fill(CANARY)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(trouble).to_contain_text("网络不通")
    [copy] = page.evaluate(COPIES)
    kept, name, _sealed = copy.split(" ", 2)
    assert kept == "at,id,iv,sealed"
    assert re.fullmatch("[0-9a-f]{64}", name)  # neither whose it is nor of which form
    assert CANARY not in copy
    assert "visits" not in copy
    assert page.get_by_label("情况记录").input_value() == CANARY

    # It comes back, but the session has ended meanwhile.
    Session.objects.all().delete()
    window.context.set_offline(False)
    page.get_by_role("button", name="再试一次").click()
    expect(trouble).to_contain_text("登录已过期")
    assert len(draft_of(acting, clerk)) == 1
    window.complaints.clear()  # of the cut

    # Signed in again in another window: the list has it, and nothing waits in the browser any more.
    with window.context.expect_page() as opened:
        page.get_by_role("link", name="重新登录（新窗口）").click()
    other = opened.value
    page.close(run_before_unload=False)
    other.get_by_label("用户名").fill(clerk.username)
    other.get_by_label("密码").fill(PASSWORD)
    other.get_by_role("button", name="登录").click()
    other.get_by_role("link", name="登记走访").click()
    expect(other.get_by_label("情况记录")).to_have_value(CANARY)
    assert other.evaluate(COPIES) == []

    # Saved, and the draft is gone.
    other.get_by_label("居民*", exact=True).press_sequentially("黄文发")
    other.get_by_role("option", name="黄文发").click()
    other.locator("[name=purposes]").first.check()
    other.get_by_role("button", name="保存", exact=True).click()
    expect(other.get_by_text("已登记")).to_be_visible()
    assert draft_of(acting, clerk) == []
    with acting(community):
        assert Visit.objects.filter(content=CANARY).count() == 1
    assert window.complaints == []


def test_a_table_is_pasted_into_a_cell_and_photos_into_a_form(
    desk, clerk, people, acting, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    window = desk(clerk)
    window.open("/ledger/visits/add-many/")
    page = window.page
    page.evaluate(
        """text => {
          const cell = document.querySelector("[name=l0-resident_text]");
          const data = new DataTransfer();
          data.setData("text/plain", text);
          cell.focus();
          cell.dispatchEvent(new ClipboardEvent("paste",
            { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        "黄文发\t身体好\n没有这个人\t缺药",
    )
    expect(page.get_by_text("已带入 2 行")).to_be_visible()
    expect(page.locator("[name=l0-resident_text]")).to_have_value("黄文发")
    expect(page.locator("[name=l1-content]")).to_have_value("缺药")
    expect(page.locator("[name=l1-resident_text]")).to_have_attribute("aria-invalid", "true")

    window.open("/ledger/visits/add/")
    page.evaluate(
        """bytes => {
          const data = new DataTransfer();
          for (const name of ["一.jpg", "二.jpg"])
            data.items.add(new File([new Uint8Array(bytes), name], name, { type: "image/jpeg" }));
          document.body.dispatchEvent(new ClipboardEvent("paste",
            { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        list(files.picture()),
    )
    expect(page.locator("[data-chosen] img")).to_have_count(2)
    page.get_by_role("button", name="去掉 二.jpg").click()
    page.get_by_label("居民*", exact=True).press_sequentially("黄文发")
    page.get_by_role("option", name="黄文发").click()
    page.locator("[name=purposes]").first.check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".file img")).to_have_count(1)
    assert window.complaints == []

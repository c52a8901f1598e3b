"""The editor of a draft as its clerk has it open: figures put in, saving by itself, two people at once."""

import re

from playwright.sync_api import expect

from portal.roles import Role
from tests.browser.drafting import HOME_VISITS, TABLE
from tests.browser.looking import grave_findings
from tests.reports.conftest import HOME


def test_a_figure_is_found_typed_kept_and_there_again_and_so_are_words_without_network(
    opened, kept
):
    clerk = opened()
    keyboard = clerk.page.keyboard
    clerk.write("")
    keyboard.type("入户")
    keyboard.press("Control+k")
    search = clerk.page.get_by_role("combobox", name="查找指标")
    expect(search).to_be_focused()
    keyboard.type("cjrrhzf")
    expect(clerk.option).to_contain_text(f"残疾人入户走访{HOME}人次")
    keyboard.press("Enter")
    expect(clerk.part()).to_be_focused()
    keyboard.type("，其余见下。", delay=5)
    keyboard.press("Enter")
    keyboard.type("/")
    expect(search).to_be_focused()
    keyboard.type("各月工作量")
    keyboard.press("Enter")
    assert clerk.text() == f"入户{HOME_VISITS}，其余见下。\n{TABLE}\n"
    expect(clerk.part()).to_contain_text(f"入户{HOME}人次，其余见下。")
    clerk.saved()
    assert kept() == "入户{disability.visits_home}，其余见下。\n{table:各月工作量}"
    assert clerk.window.complaints == []

    told = kept("visits")
    clerk.page.route("**/edit/", lambda route: route.abort())
    clerk.write("网络断了也不丢。", "走访与服务")
    expect(clerk.status).to_contain_text("网络不通；文字留在本页")
    assert kept("visits") == told
    clerk.page.on("dialog", lambda dialog: dialog.accept())
    clerk.page.unroute("**/edit/")
    clerk.window.complaints.clear()  # of the network
    clerk.page.reload()
    expect(clerk.part("走访与服务")).to_have_text("网络断了也不丢。")
    expect(clerk.part()).to_contain_text(f"入户{HOME}人次，其余见下。")
    assert clerk.text() == f"入户{HOME_VISITS}，其余见下。\n{TABLE}"
    clerk.saved()
    assert kept("visits") == "网络断了也不丢。"

    chip = clerk.part().get_by_role("img", name="残疾人入户走访")
    chip.scroll_into_view_if_needed()
    clerk.page.wait_for_timeout(400)  # scrolling closes the card
    clerk.page.mouse.move(0, 0)
    chip.hover()
    card = clerk.page.get_by_role("group", name="指标说明")
    expect(card).to_contain_text("统计日期")
    assert grave_findings(clerk.page) == []
    assert clerk.window.complaints == []


def test_two_people_see_each_other_and_nothing_of_either_is_lost(opened, kept):
    first, second = opened("王丽", pane="tab-figures"), opened("陈彩霞", pane="tab-figures")
    with first.page.expect_response(
        lambda answer: answer.url.endswith("/presence/") and "visits" in answer.request.post_data
    ):
        first.part("走访与服务").click()
    second.part("慰问帮扶").click()
    bar = second.page.locator("#presence")
    expect(bar).to_contain_text("王丽 正在编辑“走访与服务”")
    expect(second.page.locator("#part-visits [data-here]")).to_contain_text("王丽 正在编辑这部分")
    first.write("甲写的走访。", "走访与服务")
    second.write("乙写的打算。")
    first.saved()
    second.saved()
    assert (kept("visits"), kept("next")) == ("甲写的走访。", "乙写的打算。")
    expect(second.part("走访与服务")).to_have_text("甲写的走访。")
    first.part("慰问帮扶").click()
    expect(first.part()).to_have_text("乙写的打算。")

    second.page.route("**/presence/", lambda route: route.abort())  # it must do without
    choice = second.page.get_by_role("group", name="两人都改了这部分")
    for key, name, button, outcome in [
        ("next", "下一步工作", "用我的", "乙的打算。"),
        ("visits", "走访与服务", "用对方的", "甲的打算。"),
        ("assistance", "慰问帮扶", "两段都留", "甲的打算。\n乙的打算。"),
    ]:
        first.write("甲的打算。", name)
        first.save()
        first.saved()
        second.write("乙的打算。", name)
        second.save()
        expect(choice).to_contain_text("甲的打算。")
        expect(second.status).to_contain_text("请选择")
        assert (kept(key), second.text(key)) == ("甲的打算。", "乙的打算。")
        choice.get_by_role("button", name=button).click()
        expect(second.status).to_have_attribute("data-kind", "saved")
        assert (kept(key), second.text(key)) == (outcome, outcome)

    second.page.unroute("**/presence/")
    first.page.close()
    second.part().click()
    expect(bar).to_be_hidden()


def test_printed_pages_follow_the_text_and_one_click_mends_a_wrong_number(opened, kept):
    clerk = opened()
    pages = clerk.page.locator("#pane-pages img")
    expect(pages.first).to_be_visible()
    before = pages.count()
    expect(clerk.page.locator("[data-pages-note]")).to_contain_text("22 行 × 28 字")
    assert clerk.page.get_by_role("tab", name="打印页").bounding_box()["height"] >= 40
    assert clerk.page.get_by_role("tablist").bounding_box()["height"] >= 40
    clerk.write("走访困难家庭，了解需求。\n" * 60)
    expect(pages).not_to_have_count(before)
    sizes = pages.evaluate_all("all => all.map(image => image.naturalWidth > 900)")
    assert all(sizes)

    clerk.write("入户走访8人次。", "走访与服务")
    finding = clerk.page.locator("#findings-visits .finding-error")
    expect(finding).to_contain_text("8人次")
    marked = "[...CSS.highlights.get('finding-error')].map(String)"
    assert clerk.page.evaluate(marked) == ["8人次"]
    finding.get_by_role("button", name=f"换成 {HOME_VISITS}").click()
    expect(clerk.part("走访与服务")).to_have_text(re.compile(f"入户走访{HOME}人次。"))
    clerk.saved()
    assert kept("visits") == "入户走访{disability.visits_home}。"
    expect(finding).to_have_count(0)


def test_on_a_telephone_the_figures_come_from_below_and_what_was_just_typed_is_submitted(
    opened, kept
):
    clerk = opened(width=360)
    clerk.write("入户")
    clerk.page.get_by_role("button", name="插入指标").click()
    panel = clerk.page.locator("#figure-panel")
    expect(panel).to_be_in_viewport()
    box = panel.bounding_box()
    assert (box["x"], box["width"]) == (0, 360)
    clerk.page.get_by_role("combobox", name="查找指标").fill("残疾人入户走访")
    clerk.option.click()
    assert clerk.text() == f"入户{HOME_VISITS}"
    assert clerk.page.evaluate("document.documentElement.scrollWidth") == 360
    assert grave_findings(clerk.page) == []

    clerk.page.set_viewport_size({"width": 1440, "height": 900})
    clerk.write("刚刚写的。")
    clerk.page.get_by_role("link", name="送审", exact=True).click()
    clerk.page.wait_for_url("**/steps/submit/")
    assert kept() == "刚刚写的。"
    clerk.page.get_by_role("button", name="送审", exact=True).click()
    expect(clerk.page.get_by_text("已送审")).to_be_visible()


def test_without_scripts_the_form_is_as_plain_as_ever(desk, make_user, community, draft, kept):
    clerk = make_user(Role.COMMUNITY_STAFF, community, name="陈彩霞")
    window = desk(clerk, java_script_enabled=False)
    window.open(draft.get_absolute_url())
    page = window.page
    page.get_by_label("走访与服务").fill(f"入户{HOME_VISITS}。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert kept("visits") == "入户{disability.visits_home}。"
    expect(page.get_by_role("region", name="可用的指标")).to_be_visible()

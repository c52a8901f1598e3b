"""The editor of a draft as its clerk has it open: figures put in, saving by itself, two people at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.drafting import HOME_VISITS, TABLE
from tests.browser.test_axe import grave_findings
from tests.reports.conftest import HOME


def test_a_figure_is_found_typed_kept_and_there_again(opened, kept):
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
    clerk.page.reload()
    expect(clerk.part()).to_contain_text(f"入户{HOME}人次，其余见下。")
    assert clerk.text() == f"入户{HOME_VISITS}，其余见下。\n{TABLE}"
    chip = clerk.part().get_by_role("img", name="残疾人入户走访")
    chip.hover()
    card = clerk.page.get_by_role("group", name="指标说明")
    expect(card).to_contain_text("统计日期")
    assert grave_findings(clerk.page) == []
    assert clerk.window.complaints == []


def test_two_people_see_each_other_and_get_each_others_words(opened, kept):
    first, second = opened("王丽"), opened("陈彩霞")
    first.part("走访与服务").click()
    second.part().click()
    bar = second.page.locator("#presence")
    second.page.wait_for_timeout(600)
    second.part("慰问帮扶").click()
    expect(bar).to_contain_text("王丽 正在编辑“走访与服务”")
    expect(second.page.locator("#part-visits [data-here]")).to_contain_text("王丽 正在编辑这部分")
    first.write("甲写的走访。", "走访与服务")
    second.write("乙写的打算。")
    first.saved()
    second.saved()
    assert (kept("visits"), kept("next")) == ("甲写的走访。", "乙写的打算。")
    expect(second.part("走访与服务")).to_have_text("甲写的走访。")
    first.page.close()
    second.part("慰问帮扶").click()
    expect(bar).to_be_hidden()


@pytest.mark.parametrize(
    ("button", "outcome"),
    [("用我的", "乙的打算。"), ("用对方的", "甲的打算。"), ("两段都留", "甲的打算。\n乙的打算。")],
)
def test_where_two_wrote_one_part_nothing_is_lost(opened, kept, button, outcome):
    first, second = opened("王丽"), opened("陈彩霞")
    second.page.route("**/presence/", lambda route: route.abort())  # it must do without
    first.write("甲的打算。")
    first.saved()
    second.write("乙的打算。")
    choice = second.page.get_by_role("group", name="两人都改了这部分")
    expect(choice).to_contain_text("甲的打算。")
    expect(second.status).to_contain_text("请选择")
    assert (kept(), second.text()) == ("甲的打算。", "乙的打算。")
    choice.get_by_role("button", name=button).click()
    expect(second.status).to_have_attribute("data-kind", "saved")
    assert (kept(), second.text()) == (outcome, outcome)


def test_without_network_words_stay_even_over_a_reload(opened, kept):
    clerk = opened()
    told = kept()
    clerk.page.route("**/edit/", lambda route: route.abort())
    clerk.write("网络断了也不丢。")
    expect(clerk.status).to_contain_text("网络不通；文字留在本页")
    assert kept() == told
    clerk.page.on("dialog", lambda dialog: dialog.accept())
    clerk.page.unroute("**/edit/")
    clerk.page.reload()
    expect(clerk.part()).to_have_text("网络断了也不丢。")
    clerk.saved()
    assert kept() == "网络断了也不丢。"


def test_wrong_number_is_marked_and_one_click_puts_the_figure_in_its_place(opened, kept):
    clerk = opened()
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


def test_printed_pages_follow_the_text(opened):
    clerk = opened()
    pages = clerk.page.locator("#pane-pages img")
    expect(pages.first).to_be_visible()
    before = pages.count()
    expect(clerk.page.locator("[data-pages-note]")).to_contain_text("22 行 × 28 字")
    clerk.write("走访困难家庭，了解需求。\n" * 60)
    expect(pages).not_to_have_count(before)
    sizes = pages.evaluate_all("all => all.map(image => image.naturalWidth > 900)")
    assert all(sizes)


def test_what_was_just_typed_is_submitted_too(opened, kept):
    clerk = opened()
    clerk.write("刚刚写的。")
    clerk.page.get_by_role("link", name="送审", exact=True).click()
    clerk.page.wait_for_url("**/steps/submit/")
    assert kept() == "刚刚写的。"
    clerk.page.get_by_role("button", name="送审", exact=True).click()
    expect(clerk.page.get_by_text("已送审")).to_be_visible()


def test_tabs_beside_the_text_are_there_to_press(opened):
    clerk = opened()
    tab = clerk.page.get_by_role("tab", name="打印页")
    clerk.page.locator("[data-pages] img").first.wait_for()
    assert tab.bounding_box()["height"] >= 40
    assert clerk.page.get_by_role("tablist").bounding_box()["height"] >= 40


def test_on_a_telephone_the_figures_come_from_below(opened):
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


def test_without_scripts_the_form_is_as_plain_as_ever(
    new_context, live_server, opened, draft, kept
):
    session = opened().window.context.cookies()
    plain = new_context(java_script_enabled=False)
    plain.add_cookies(session)
    page = plain.new_page()
    page.goto(live_server.url + draft.get_absolute_url())
    page.get_by_label("走访与服务").fill(f"入户{HOME_VISITS}。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert kept("visits") == "入户{disability.visits_home}。"
    expect(page.get_by_role("region", name="可用的指标")).to_be_visible()

"""文字大小, 对比度 and 动画: chosen before anybody signs in, kept from page to page; and a password is pasted."""

import pytest
from playwright.sync_api import expect

INK = "getComputedStyle(document.body).color"
SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"


@pytest.fixture
def choose():
    def press(page, group, choice):
        menu = page.get_by_text("大字和高对比")
        if not page.get_by_role("group", name=group).is_visible():
            menu.click()
        button = page.get_by_role("group", name=group).get_by_role(
            "button", name=choice, exact=True
        )
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")

    return press


def test_choices_hold_from_the_sign_in_to_the_pages_for_residents(desk, choose, db):
    visitor = desk()
    page = visitor.page
    visitor.open("/login/")
    standard = page.evaluate(SIZE)
    choose(page, "文字大小", "超大")
    choose(page, "对比度", "高对比")
    choose(page, "动画", "减少")
    visitor.open("/public/")
    page.wait_for_function(f"{INK} === 'rgb(0, 0, 0)'")
    assert page.evaluate(SIZE) == 2 * standard
    assert page.evaluate("document.documentElement.dataset.motion") == "less"
    choose(page, "文字大小", "标准")
    choose(page, "对比度", "标准")
    page.wait_for_function(f"{INK} !== 'rgb(0, 0, 0)'")
    assert page.evaluate(SIZE) == standard
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="对比度")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_system_that_asks_for_contrast_gets_it_without_a_choice_or_a_script(desk, db):
    for how in ({}, {"java_script_enabled": False}):
        visitor = desk(contrast="more", **how)
        visitor.open("/login/")
        expect(visitor.page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")


def test_colours_of_the_system_leave_icons_and_states_to_be_seen(desk, db):
    visitor = desk(forced_colors="active")
    visitor.open("/public/")
    visitor.page.get_by_text("大字和高对比").click()
    icon = visitor.page.locator("summary .ico").first
    assert icon.evaluate("icon => getComputedStyle(icon).forcedColorAdjust") == "none"
    chosen = visitor.page.locator('[aria-pressed="true"]').first
    expect(chosen).to_have_css("outline-style", "solid")


def test_name_and_password_are_pasted(desk, db):
    """WCAG 3.3.8: nothing keeps a manager of passwords out."""
    visitor = desk(permissions=["clipboard-read", "clipboard-write"])
    visitor.open("/login/")
    visitor.page.evaluate("navigator.clipboard.writeText('chen-suqin')")
    for label, kind in (("用户名", "username"), ("密码", "current-password")):
        field = visitor.page.get_by_label(label)
        field.focus()
        visitor.page.keyboard.press("Control+v")
        expect(field).to_have_value("chen-suqin")
        expect(field).to_have_attribute("autocomplete", kind)

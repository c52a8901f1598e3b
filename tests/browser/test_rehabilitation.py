"""A visit in one screen with few key fields, and a service for a whole room in few strokes."""

from datetime import date
from time import monotonic

import pytest
from playwright.sync_api import expect

from disability.models import RehabAgreement, RehabService
from portal.roles import Role
from residents.models import Visit
from tests import factories
from tests.browser.looking import grave_findings
from tests.browser.walk import submit

MOST_KEY_FIELDS, MOST_STROKES = 6, 12
ROOM, TWO_MINUTES = 68, 120
# What a form shows before its folds, each field once; a group of tick boxes is one.
SHOWN = """
() => [...document.querySelectorAll('form.record-form :is(input, select, textarea)')]
  .filter(field => field.type !== 'hidden' && field.name)
  .filter(field => field.offsetParent && !field.closest('details:not([open])'))
  .map(field => field.name.replace(/_text$/, ''))
  .filter((name, place, all) => all.indexOf(name) === place)
"""


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="陈彩霞")


@pytest.fixture
def people(acting, community):
    """As many as come to a session, of whom every fourth does not see; and somebody not disabled."""
    with acting(community):
        people = [factories.resident(community, f"何文芳{number}") for number in range(ROOM - 1)]
        people.append(factories.resident(community, "单小花"))
        for number, person in enumerate(people):
            factories.disability_file(person, components=["12" if number % 4 == 0 else "42"])
        factories.resident(community, "欧阳敏")
        return people


class Hands:
    """Counts what is done by hand."""

    def __init__(self, page):
        self.page, self.strokes = page, 0

    def fill(self, label, text):
        self.page.get_by_label(label, exact=True).fill(text)
        self.strokes += 1

    def choose(self, label, option):
        self.page.get_by_label(label, exact=True).select_option(label=option)
        self.strokes += 1

    def press(self, button):
        self.page.get_by_role("button", name=button, exact=True).click()
        self.strokes += 1


@pytest.mark.parametrize("slug", ["disability-visits", "rehab-services"])
def test_the_first_screen_of_a_visit_has_few_fields(desk, staff, people, slug):
    window = desk(staff)
    window.open(f"/ledger/{slug}/add/")
    assert 1 < len(window.page.evaluate(SHOWN)) <= MOST_KEY_FIELDS


def test_a_visit_is_entered_by_keyboard_on_one_screen(desk, acting, staff, community, people):
    window = desk(staff)
    window.open("/ledger/disability-visits/add/")
    page, keys = window.page, window.page.keyboard
    filled = 0
    page.get_by_role("combobox", name="居民").focus()
    keys.type("sxh")
    page.get_by_role("option", name="单小花").wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    filled += 1
    keys.press("Tab")  # the day, the way and the visitor are there already
    page.get_by_label("情况记录").focus()
    keys.type("轮椅完好，按时服药。")
    filled += 1
    page.get_by_role("button", name="保存", exact=True).focus()
    keys.press("Enter")
    expect(page.get_by_text("已登记")).to_be_visible()
    assert filled <= MOST_KEY_FIELDS
    with acting(community):
        visit = Visit.objects.get()
        assert (visit.resident.name, visit.mode, visit.visitor) == ("单小花", "home", "陈彩霞")
        assert visit.content == "轮椅完好，按时服药。"


def test_a_room_of_people_is_served_in_few_strokes(desk, acting, staff, community, people):
    window, began = desk(staff), monotonic()
    window.open("/ledger/rehab-sessions/add/")
    hands = Hands(window.page)
    hands.fill("主题*", "居家康复护理讲座")
    hands.choose("服务项目*", "康复知识讲解")
    hands.press("全选所列")
    expect(window.page.get_by_text(f"已选 {ROOM} 人")).to_be_visible()
    hands.press("保存")
    expect(window.page.get_by_text("已登记")).to_be_visible()
    assert hands.strokes <= MOST_STROKES
    assert monotonic() - began < TWO_MINUTES
    with acting(community):
        served = RehabService.objects.values_list("resident", "mode", "kind")
        assert sorted(served) == sorted((p.pk, "group", "knowledge") for p in people)


def test_people_are_found_narrowed_and_taken_out_again(desk, acting, staff, community, people):
    window = desk(staff)
    window.open("/ledger/rehab-sessions/add/")
    page = window.page
    told, find = page.locator("[data-ticks-told]"), page.get_by_label("在名单中查找")
    page.get_by_label("残疾类别").select_option(label="视力")
    expect(told).to_have_text(f"已选 0 人；名单 {ROOM} 人，列出 17 人。")
    page.get_by_role("button", name="全选所列").click()
    page.get_by_label("残疾类别").select_option(index=0)
    find.fill("xh")  # no beginning of a name
    expect(page.get_by_text("名单里没有这样的人")).to_be_visible()
    find.fill("sxh")
    find.press("Enter")  # ticks the only one listed, and sends nothing
    expect(find).to_have_value("")
    expect(told).to_have_text(f"已选 18 人；名单 {ROOM} 人，列出 {ROOM} 人。")
    page.get_by_text("名单以外的人").click()
    page.get_by_role("textbox", name="名单以外的人").fill("欧阳敏")
    page.get_by_label("主题*", exact=True).fill("盲杖使用")
    page.get_by_label("服务项目*", exact=True).select_option(label="辅具使用指导")
    submit(window, "保存")
    with acting(community):
        assert RehabService.objects.kept().count() == 19
    page.get_by_role("link", name="增减参加的人").click()
    expect(told).to_contain_text("已选 19 人")
    page.get_by_role("checkbox", name="单小花").uncheck()
    submit(window, "保存")
    with acting(community):
        assert RehabService.objects.kept().count() == 18


def test_many_sign_an_agreement_on_one_screen(desk, acting, staff, community, people):
    with acting(community):
        hospital = factories.office.partner(community, domains=["disability"])
        factories.rehab_agreement(people[0], hospital, date(2026, 1, 1))
    window = desk(staff)
    window.open("/disability/agreements/sign/")
    page = window.page
    page.get_by_role("combobox", name="服务机构").press_sequentially("人民医院")
    page.get_by_role("option", name="区人民医院").click()
    page.get_by_label("功能训练").check()
    page.get_by_label("签约", exact=True).select_option(label="未签约")
    page.get_by_role("button", name="全选所列").click()
    submit(window, "登记签约")
    expect(page.get_by_text(f"已登记签约 {ROOM - 1} 人")).to_be_visible()
    with acting(community):
        assert RehabAgreement.objects.count() == ROOM


@pytest.mark.parametrize("path", ["/ledger/rehab-sessions/add/", "/disability/agreements/sign/"])
def test_the_list_to_tick_is_fit_for_everybody_and_for_a_phone(desk, staff, people, path):
    window = desk(staff, width=360)
    window.open(path)
    window.page.get_by_text(f"名单 {ROOM} 人").wait_for()
    assert grave_findings(window.page) == []
    assert window.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert window.complaints == []

"""Households as clerks change them: a head dies, a son splits off and comes back, somebody lives
elsewhere than registered; each is told before it is done, and undone from its page."""

import pytest
from playwright.sync_api import expect

from portal.roles import Role
from residents.enums import Relation, Sex
from tests import factories


@pytest.fixture
def window(desk, make_user, community):
    return desk(make_user(Role.COMMUNITY_STAFF, community, name="陈彩霞"))


@pytest.fixture
def home(acting, community):
    with acting(community):
        home = factories.household(community)
        for name, sex, relation in (
            ("黄文发", Sex.MALE, Relation.HEAD),
            ("李秀兰", Sex.FEMALE, Relation.SPOUSE),
            ("黄志强", Sex.MALE, Relation.SON),
        ):
            factories.member(home, factories.resident(community, name, sex=sex), relation)
    return home


@pytest.fixture
def friends(acting, community):
    with acting(community):
        friends = factories.household(community, "2-202", address="文昌巷 6 号")
        factories.member(friends, factories.resident(community, "温淑贞", sex=Sex.FEMALE))
    return friends


def start(window, home, act):
    window.open(f"/ledger/households/{home.pk}/")
    window.page.locator("details.menu", has_text="办理").locator("summary").first.click()
    window.page.get_by_role("link", name=act, exact=True).click()
    window.page.get_by_label("生效日期").or_(window.page.get_by_label("去世日期")).fill(
        "2025-03-01"
    )


def confirm(window, *sentences):
    page = window.page
    page.get_by_role("button", name="下一步").click()
    for sentence in sentences:
        expect(page.get_by_role("listitem").filter(has_text=sentence)).to_be_visible()
    page.get_by_role("button", name="确认办理").click()
    expect(page.get_by_text("已办理")).to_be_visible()


def undo(window):
    page = window.page
    page.get_by_role("link", name="撤销", exact=True).click()
    page.get_by_label("已核对，确实要撤销").check()
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.get_by_text("已撤销，恢复到办理以前的情况")).to_be_visible()


def members(window, home) -> list[str]:
    """Name, relation and bond of the household's present members."""
    window.open(f"/ledger/households/{home.pk}/")
    rows = window.page.get_by_role("region", name="户成员", exact=True).get_by_role("row").all()[1:]
    told = [row.locator("th, td").all_inner_texts() for row in rows]
    return [f"{cells[0]} {cells[1]} {cells[5]}" for cells in told]


WHOLE = ["黄文发 户主 人户一致", "李秀兰 配偶 人户一致", "黄志强 子 人户一致"]


def test_the_head_dies_and_is_succeeded(window, home):
    start(window, home, "成员去世")
    page = window.page
    page.get_by_label("去世的成员").select_option("黄文发（户主，人户一致）")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("alert")).to_contain_text("请从留下的人中选择新户主")
    page.get_by_label("新户主", exact=True).select_option("李秀兰（配偶，人户一致）")
    confirm(window, "黄文发于2025年3月1日去世", "李秀兰自2025年3月1日起")
    assert members(window, home) == ["李秀兰 户主 人户一致", "黄志强 子 人户一致"]
    window.open(f"/ledger/households/{home.pk}/?as_of=2025-02-28")
    expect(page.get_by_role("region", name="户成员", exact=True)).to_contain_text("黄文发")
    assert window.complaints == []


def test_a_split_a_merger_and_their_undoing(window, home):
    page = window.page
    start(window, home, "分户")
    page.get_by_label("黄志强（子，人户一致）").check()
    confirm(
        window, "新立户“1-101-2”", "黄志强自2025年3月1日起是户“1-101-2”的成员，与户主关系：户主"
    )
    split = page.url
    assert members(window, home) == WHOLE[:2]
    page.goto(split)
    page.get_by_role("link", name="1-101-2 春华路").click()
    new = page.url
    page.locator("details.menu", has_text="办理").locator("summary").first.click()
    page.get_by_role("link", name="并户", exact=True).click()
    page.get_by_label("生效日期").fill("2025-06-01")
    page.get_by_label("并入的户").fill("1-101 ")
    page.get_by_role("option").filter(has_text="黄文发").first.click()
    page.get_by_label("黄志强与那一户户主的关系").select_option("子")
    confirm(
        window, "黄志强自2025年6月1日起是户“1-101”的成员，与户主关系：子", "户“1-101-2”不再有成员"
    )
    assert members(window, home) == WHOLE
    page.go_back()
    undo(window)
    page.goto(new)
    expect(page.get_by_role("region", name="户成员", exact=True)).to_contain_text("黄志强")
    page.goto(split)
    expect(page.get_by_role("heading", name="前后对照")).to_be_visible()
    assert members(window, home) == WHOLE[:2]
    assert window.complaints == []


def test_registered_here_and_living_with_friends(window, home, friends):
    page = window.page
    start(window, home, "人户分离")
    page.get_by_label("人户分离的成员").select_option("黄志强（子，人户一致）")
    page.get_by_label("另一户", exact=True).fill("2-202")
    page.get_by_role("option").filter(has_text="2-202").click()
    page.get_by_label("与那一户户主的关系").select_option("非亲属")
    confirm(
        window,
        "户“1-101”的成员，与户主关系：子，仅户籍",
        "户“2-202”的成员，与户主关系：非亲属，仅居住",
    )
    act = page.url
    assert members(window, home)[2] == "黄志强 子 仅户籍"
    assert members(window, friends) == ["温淑贞 户主 人户一致", "黄志强 非亲属 仅居住"]
    page.goto(act)
    undo(window)
    assert members(window, home) == WHOLE
    assert members(window, friends) == ["温淑贞 户主 人户一致"]
    assert window.complaints == []

"""Two people change one record: the second loses nothing, and sees what the first one saved."""

from playwright.sync_api import expect

from portal.roles import Role
from residents.models import Visit
from tests import factories


def test_second_editor_keeps_what_was_typed(desk, make_user, community, acting):
    first = desk(make_user(Role.COMMUNITY_STAFF, community, name="陈彩霞"))
    second = desk(make_user(Role.COMMUNITY_STAFF, community, name="麦志勇"))
    with acting(community):
        visit = factories.visit(factories.resident(community), content="原来的情况")
    path = f"/ledger/visits/{visit.pk}/edit/"
    first.open(path)
    second.open(path)

    first.page.get_by_label("情况记录").fill("先保存的情况")
    first.page.get_by_role("button", name="保存", exact=True).click()
    expect(first.page.get_by_text("先保存的情况").first).to_be_visible()
    second.page.get_by_label("情况记录").fill("后保存的情况")
    second.page.get_by_label("后续事项").fill("下月再访")
    second.page.get_by_role("button", name="保存", exact=True).click()

    page = second.page
    expect(page.get_by_role("heading", level=1)).to_have_text("这条记录刚被别人修改过")
    expect(page.locator(".page-lead")).to_contain_text("陈彩霞")
    compared = page.get_by_role("row").filter(has_text="情况记录")
    expect(compared.get_by_role("cell")).to_have_text(["先保存的情况", "后保存的情况"])
    expect(page.get_by_label("情况记录")).to_have_value("后保存的情况")
    expect(page.get_by_label("后续事项")).to_have_value("下月再访")
    assert stored(acting, community) == ("先保存的情况", "")

    page.get_by_label("情况记录").fill("先保存的情况；后保存的情况")
    page.get_by_role("button", name="核对好了，保存").click()
    expect(page.get_by_role("heading", name="变更记录")).to_be_visible()
    assert stored(acting, community) == ("先保存的情况；后保存的情况", "下月再访")


def stored(acting, community):
    with acting(community):
        visit = Visit.objects.get()
    return visit.content, visit.follow_up

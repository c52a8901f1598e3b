"""Keyboard only: one person drafts a summary and hands it in, another reviews and signs it. No mouse; what has
the focus is seen at every press."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from portal.roles import Role
from reports.models import Summary
from tests.browser.keyboard import Keyboard
from tests.reports.conftest import record_a_year


@pytest.fixture
def keys_of(desk, make_user, community):
    def opened(role, name, path):
        window = desk(make_user(role, community, name=name))
        window.context.add_init_script("localStorage.setItem('draft-pane', 'findings')")
        window.open(path)
        return Keyboard(window.page).skip_to_content()

    return opened


def test_a_summary_is_issued_by_the_keyboard(keys_of, community, acting):
    with acting(community):
        record_a_year(community)
    clerk = keys_of(Role.COMMUNITY_STAFF, "李梅", "/summaries/new/")
    clerk.to("textbox", "其他时段", exact=False).type("2025").open("button", "按记录起草")
    path = urlsplit(clerk.page.url).path
    clerk.open("link", "送审")  # the address still says #content, so the keys go on from there
    clerk.skip_to_content().open("button", "送审")
    expect(clerk.page.get_by_text("待审核").first).to_be_visible()

    head = keys_of(Role.COMMUNITY_HEAD, "林国栋", path)
    head.to("link", "去审核").press("Enter").open("button", "审核通过")
    head.to("link", "去签发").press("Enter").open("link", "去签发")
    head.skip_to_content().open("button", "确认签发")
    expect(head.page.get_by_text("第 1 次签发")).to_be_visible()
    with acting(community):
        assert Summary.objects.get().issues.count() == 1

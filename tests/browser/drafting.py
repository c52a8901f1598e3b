"""A draft of a year, and windows in which people write it."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from portal.roles import Role
from portal.summaries import outlines
from reports import services
from reports.models import Summary
from tests.reports.conftest import YEAR, record_a_year

HOME_VISITS, PHONE_CALLS = "{残疾人入户走访}", "{残疾人电话询访}"
TABLE = "{表：各月工作量}"


@dataclass
class Desk:
    """One writer's window on the draft."""

    window: object

    @property
    def page(self):
        return self.window.page

    def part(self, name="下一步工作"):
        return self.page.get_by_role("textbox", name=name)

    def text(self, key="next"):
        """What the form would post."""
        return self.page.locator(f"[name=section-{key}]").input_value()

    @property
    def status(self):
        return self.page.locator("#save-status")

    @property
    def option(self):
        return self.page.locator("#figure-options").get_by_role("option").first

    def saved(self):
        expect(self.status).to_have_text(re.compile(r"^已自动保存 \d\d:\d\d$"))

    def write(self, text, name="下一步工作"):
        self.part(name).fill(text)

    def save(self):
        """By the key, without the rest that saving by itself waits for."""
        self.page.keyboard.press("Control+s")


@pytest.fixture
def draft(acting, community, make_user):
    staff = make_user(Role.COMMUNITY_STAFF, community, name="李梅")
    with acting(community):
        record_a_year(community)
    with acting(staff):
        return services.draft(outline=outlines["A"], unit=community, period=YEAR, by=staff)


@pytest.fixture
def opened(desk, draft, make_user, community):
    """``opened(name)``: somebody has the draft open in a window of their own.

    With ``pane`` as the tab they last had beside the text: printed pages cost seconds of a processor.
    """

    def open_(name="陈彩霞", *, pane=None, **size):
        window = desk(make_user(Role.COMMUNITY_STAFF, community, name=name), **size)
        if pane:
            window.context.add_init_script(f"localStorage.setItem('draft-pane', '{pane}')")
        window.open(draft.get_absolute_url())
        window.page.locator("body.has-editor").wait_for()
        return Desk(window)

    return open_


@pytest.fixture
def kept(acting, draft, community):
    def read(key="next"):
        with acting(community):
            return Summary.objects.get(pk=draft.pk).sections.get(key=key).text

    return read

"""The system's Chromium, driven by Playwright against a live server over a database of its own."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from portal.accounts.second_factor import PROVEN, STATE
from tests.browser.drafting import draft, kept, opened
from tests.browser.world import world

__all__ = ["draft", "kept", "opened", "world"]  # fixtures of these tests

HERE = "tests/browser/"
TIMEOUT_MS = 40_000  # an import on a busy machine takes many seconds

# Playwright's event loop stays in this thread to the end of the run, so Django would refuse every
# plain query in it, in later tests too. The queries themselves are as safe as ever.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


# Two browsers and two servers on two cores: now and then one waits too long. What fails twice is a fault;
# what failed once stands in the report as RERUN, to be looked into.
ONCE_MORE = pytest.mark.flaky(reruns=1)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.nodeid.startswith(HERE):
            item.add_marker("browser")
            item.add_marker(ONCE_MORE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's and Ubuntu's names of the same browser; Playwright's own download is not used."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            # The browser's own language orders the parts of a date field, which tests type into.
            language = {"env": os.environ | {"LANGUAGE": "en_US"}, "args": ["--lang=en-US"]}
            return browser_type_launch_args | language | {"executable_path": path}
    pytest.fail("no chromium on the PATH: install it, or run script/setup --tests for the command")


@pytest.fixture(autouse=True, scope="session")
def patience():
    expect.set_options(timeout=TIMEOUT_MS)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "reduced_motion": "reduce",
    }


class Desk:
    """One person's browser window, and what its console complained about."""

    def __init__(self, context, address):
        self.context, self.address = context, address
        self.complaints = []
        context.set_default_timeout(TIMEOUT_MS)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page = context.new_page()

    def _hear(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def open(self, path):
        return self.page.goto(self.address + path)

    def sign_in_by_form(self, username, password):
        self.open("/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()

    def sign_in(self, user):
        """With the session cookie of the user, without the form."""
        client = Client()
        client.force_login(user)
        session = client.session
        session[STATE] = PROVEN
        session.save()
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        self.context.add_cookies([cookie])
        return self


@pytest.fixture
def desk(new_context, live_server):
    """``desk(user=None, width=1440)``: a new window, signed in when a user is given."""

    def opened(user=None, *, width=1440, **browser):
        size = {"width": width, "height": 900 if width > 600 else 780}
        window = Desk(new_context(viewport=size, **browser), live_server.url)
        return window.sign_in(user) if user else window

    return opened

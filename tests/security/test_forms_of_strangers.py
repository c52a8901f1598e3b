"""Forged, redirected and foreign-host requests: refused before a view does anything."""

import pytest

from portal.roles import Role
from tests.conftest import PASSWORD
from tests.security.routes import ROUTES

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "\tjavascript:alert(1)",
    "https:///evil.example",
)


def test_no_view_is_exempt_from_the_token():
    assert not [name for name, route in ROUTES.items() if getattr(route.view, "csrf_exempt", False)]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client, make_user, community, target):
    make_user(Role.COMMUNITY_STAFF, community, "clerk")
    fields = {"username": "clerk", "password": PASSWORD, "next": target}
    answer = client.post(f"/login/?next={target}", fields)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))


def test_no_page_leads_elsewhere_by_its_parameters(client_of, make_user, community):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    client.raise_request_exception = False
    names = ("next", "back", "from", "url", "return", "to")
    led = []
    for name, route in ROUTES.items():
        if name == "logout":
            continue
        answer = client.get(
            route.url(),
            dict.fromkeys(names, "//evil.example/x"),
            headers={"Referer": "https://evil.example/x"},
        )
        target = answer.get("Location", "")
        if target and (not target.startswith("/") or target.startswith(("//", "/\\"))):
            led.append((name, target))
        if b'href="//evil.example' in answer.getvalue():
            led.append((name, "in a link"))
    assert not led


@pytest.mark.parametrize("url", ["/login/", "/", "/public/", "/static/none.css"])
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "testserver:80@evil"])
def test_another_host_is_refused(client, url, host):
    answer = client.get(url, headers={"Host": host})
    assert answer.status_code == 400 or "evil" not in answer.get("Location", "")
    assert b"evil" not in answer.getvalue()

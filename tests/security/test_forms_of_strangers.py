"""Forged, redirected and foreign-host requests: refused before a view does anything."""

import logging

import pytest
from django.test import Client
from django.urls import resolve

from portal.roles import Role
from tests.conftest import PASSWORD
from tests.security.routes import ROUTES

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
FORM = "/ledger/visits/add/"
KEY = {"_key": "0ab6d0f2-2c5b-4bd9-8df1-5b8b8a8f0001"}


@pytest.fixture
def forger(client_of, make_user, street):
    """The browser of somebody signed in that another site makes post."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(make_user(Role.STREET_SUPERVISOR, street)).cookies
    return client


def test_every_address_of_the_table_opens_its_own_page():
    """Else a sweep asks for what does not exist, and shows nothing."""
    assert {name: resolve(route.url()).url_name for name, route in ROUTES.items()} == {
        name: name for name in ROUTES
    }


def test_no_view_is_exempt_from_the_token():
    assert not [name for name, route in ROUTES.items() if getattr(route.view, "csrf_exempt", False)]


@pytest.mark.django_db
def test_no_post_is_taken_without_its_token(forger, caplog):
    """Every URL, also those that take no POST or ask for no sign-in: the token comes first."""
    caplog.set_level(logging.CRITICAL, "django.security.csrf")
    answers = {name: forger.post(route.url(), KEY).status_code for name, route in ROUTES.items()}
    assert {name: status for name, status in answers.items() if status != 403} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "origin", "is_refused"),
    [
        ("own", "http://testserver", False),
        ("a" * 64, "http://testserver", True),
        ("own", "https://evil.example", True),
        ("own", "null", True),
        ("own", "http://testserver.evil.example", True),
    ],
)
def test_a_token_counts_from_our_own_pages_alone(
    client_of, make_user, community, token, origin, is_refused
):
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(make_user(Role.COMMUNITY_STAFF, community)).cookies
    own = client.get("/drafts/session/").json()["csrf"]
    fields = KEY | {"csrfmiddlewaretoken": own if token == "own" else token}
    answer = client.post(FORM, fields, headers={"Origin": origin})
    assert (answer.status_code == 403) is is_refused


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client, make_user, community, target):
    make_user(Role.COMMUNITY_STAFF, community, "clerk")
    fields = {"username": "clerk", "password": PASSWORD, "next": target}
    answer = client.post(f"/login/?next={target}", fields)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))


@pytest.mark.django_db
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
        body = answer.getvalue()
        if b'href="//evil.example' in body or b'action="//evil.example' in body:
            led.append((name, "in a link"))
    assert not led


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/login/", "/", "/public/", "/static/none.css"])
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "testserver:80@evil"])
def test_another_host_is_refused(client, url, host):
    answer = client.get(url, headers={"Host": host})
    assert answer.status_code == 400 or "evil" not in answer.get("Location", "")
    assert b"evil" not in answer.getvalue()

"""SECURITY row 37: what stands around each type of page, and the cookies of an installation with TLS."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from gunicorn.http import wsgi

from portal.roles import Role

pytestmark = pytest.mark.django_db
PAGES = {
    "sign-in": "/login/",
    "home": "/",
    "list": "/ledger/residents/",
    "form": "/ledger/visits/add/",
    "figures": "/figures/",
    "help": "/help/",
    "missing": "/ledger/residents/987654/",
    "no such page": "/nothing-here/",
    "closed": "/roles/",
    "workbook": "/imports/template/",
    "paper": "/today/paper.pdf",
    "for residents": "/public/",
    "phone": "/offline/",
}
POLICY = {
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}
COOKIES = """
import django; django.setup()
from django.conf import settings as s
from portal.accounts.known_devices import COOKIE
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, COOKIE, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
      s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE,
      s.SESSION_COOKIE_PATH, s.CSRF_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN,
      s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)
"""


@pytest.fixture
def browser(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.mark.parametrize("kind", PAGES)
def test_every_type_of_page_carries_the_headers(browser, kind):
    answer = browser.get(PAGES[kind])
    policy = {part.strip() for part in answer["Content-Security-Policy"].split(";")}
    assert policy >= POLICY
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "*" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "charset" in answer["Content-Type"] or not answer["Content-Type"].startswith("text/")


def test_no_answer_tells_a_version(browser):
    """Neither ours (headers) nor what the server adds to each answer by itself."""
    told = " ".join(f"{k}: {v}" for kind in PAGES for k, v in browser.get(PAGES[kind]).items())
    assert not re.search(r"(?i)django|python|postgres|whitenoise|powered", told)
    assert not any(sign.isdigit() for sign in wsgi.SERVER)


@pytest.mark.parametrize("kind", sorted(PAGES.keys() - {"sign-in", "phone", "no such page"}))
def test_no_page_of_someone_signed_in_is_kept(browser, kind):
    assert "no-store" in browser.get(PAGES[kind])["Cache-Control"]


@pytest.mark.parametrize("kind", ["home", "list", "form", "figures", "for residents"])
def test_no_page_holds_a_script_or_style_of_its_own(browser, kind):
    body = browser.get(PAGES[kind]).content.decode()
    assert "<style" not in body
    assert " style=" not in body
    assert "javascript:" not in body
    for event in ("onclick", "onload", "onerror", "onsubmit", "onchange", "hx-on"):
        assert f" {event}" not in body
    for part in body.split("<script")[1:]:
        opening = part.split(">")[0]
        assert "src=" in opening or 'type="application/json"' in opening, opening


def test_cookies_belong_to_this_host_alone_behind_tls():
    environment = os.environ | {"HTTPS": "1", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", COOKIES],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    *names, secure, csrf_secure, http_only, csrf_http_only, site, csrf_site = ran.stdout.split()[:9]
    assert all(name.startswith("__Host-") for name in names), names
    assert [secure, csrf_secure, http_only, csrf_http_only] == ["True"] * 4
    assert [site, csrf_site] == ["Lax"] * 2
    # What the prefix asks for besides: the whole host, and no other one.
    assert ran.stdout.split()[9:] == ["/", "/", "None", "None", "31536000", "True"]

"""Devices that signed in before: a signed cookie that names the accounts for which it may be counted
by itself. It opens nothing; whoever steals it may guess as often as anybody else."""

import secrets

from django.conf import settings
from django.core import signing

from portal.crypto import keyed_hash

COOKIE = "__Host-device" if settings.HTTPS else "device"
SALT = "portal.accounts.device"
KEPT_FOR = 180 * 24 * 60 * 60  # seconds
MOST_ACCOUNTS = 8  # of colleagues at one computer; the one that signed in longest ago goes


def _account(username: str) -> str:
    return keyed_hash(username, "device")


def _read(request) -> tuple[str, list[str]]:
    """(the device, its accounts, the latest last); nothing for a missing, forged or old cookie."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_FOR)
        return found["device"], found["accounts"]
    except (signing.BadSignature, KeyError, TypeError):
        return "", []


def device_for(request, username: str) -> str:
    """The device, if this account signed in on it; else empty."""
    device, accounts = _read(request)
    return device if _account(username) in accounts else ""


def remember(request, response, username: str) -> None:
    """Let the browser say next time that this account signed in on it."""
    device, accounts = _read(request)
    own = _account(username)
    accounts = [*(each for each in accounts if each != own), own][-MOST_ACCOUNTS:]
    value = signing.dumps(
        {"device": device or secrets.token_hex(16), "accounts": accounts}, salt=SALT
    )
    response.set_cookie(
        COOKIE, value, max_age=KEPT_FOR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )

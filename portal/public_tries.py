"""How often one may ask without signing in: counted by address and by what is asked for."""

import ipaddress

from django.conf import settings
from django.db import connection

from portal.crypto import keyed_hash

TEN_MINUTES, DAY = 10 * 60, 24 * 60 * 60


def address_of(request) -> str:
    """Where the request comes from: of X-Forwarded-For only what our own proxies wrote is believed.

    Of an IPv6 address the network, which one household has whole.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        header = request.headers.get("X-Forwarded-For", "")
        told = [part.strip() for part in header.split(",") if part.strip()]
        address = told[-settings.PROXIES] if len(told) >= settings.PROXIES else address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def may_try(what: str, who: str, allowed: int, seconds: int) -> bool:
    """Count this try, unless there were ``allowed`` in the last ``seconds`` already; then False.

    Not within a transaction that reads one moment: it would not see the tries beside it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT portal_public_try(%s, %s, %s, %s)",
            [what, keyed_hash(who, f"try:{what}"), allowed, seconds],
        )
        return cursor.fetchone()[0]

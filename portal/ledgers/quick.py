"""The "+" of the top bar: what the user may begin from any page, by department."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

from portal.ledgers.registry import ledgers
from portal.menu import quick_entries
from portal.roles import DOMAINS


def quick_adds(access) -> list[dict]:
    """Groups of links: pages that begin something, then the ledgers to which the user may add."""
    if access.sees_own_alone:
        return []
    begun = [
        {"title": entry.title, "url": reverse(entry.url), "icon": entry.icon}
        for entry in quick_entries(access)
    ]
    groups = [{"title": "窗口与现场", "items": begun}] if begun else []
    return groups + _by_department(access.permissions, get_script_prefix())


@lru_cache(maxsize=256)
def _by_department(held: frozenset[str], prefix: str) -> list[dict]:
    """The same on every page for whoever holds these permissions."""
    groups = []
    for domain, title in DOMAINS.items():
        items = [
            {"title": ledger.title, "url": ledger.url("add"), "icon": ledger.icon}
            for ledger in ledgers
            if ledger.domain == domain and ledger.in_menu and ledger.edit_permission in held
        ]
        if items:
            groups.append({"title": title, "items": items})
    return groups

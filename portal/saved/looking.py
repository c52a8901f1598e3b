"""What is new or changed in a saved search: within the rights that its account holds on that day.

The change log tells which rows were written by transactions that ended since the last look: those whose
number lies from ``seen`` to the oldest transaction that still runs. So what is written while a look is
taken, and stored after it, is found by the next one, and nothing is found twice.
"""

from dataclasses import dataclass

from django.db import connection
from django.http import QueryDict

from portal.errors import Unreadable
from portal.exports.selection import Selection, thawed
from portal.fields import open_token
from portal.ledgers.listing import SEARCH_TOKEN_AGE, Listing
from portal.ledgers.registry import ledgers
from portal.models import SavedSearch
from portal.scope import access_of

MOST_FOUND = 2000  # kept of one look
GONE = "这本台账已经停用"
NO_RIGHT = "您现在没有查看这本台账的权限"
BROKEN = "保存的条件已经读不出来，请删去这个查询后重新保存"
NARROWED = "条件里有您现在看不到或已停用的选项，请重新保存这个查询"

_WRITTEN = """
SELECT DISTINCT row_id FROM audit.log
WHERE table_name = %s AND txid >= %s AND txid < %s AND op <> 'delete'
"""


@dataclass(frozen=True)
class Look:
    """The keys found, or why nothing can be looked for."""

    found: tuple[int, ...] = ()
    trouble: str = ""


def horizon() -> int:
    """The oldest transaction that still runs: all below have ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return cursor.fetchone()[0]


def trouble_of(search: SavedSearch, user) -> str:
    """Why the search cannot be used by its account today; "" where it can.

    A filter whose value the account no longer sees would be ignored by the list, which would then show
    more than was asked for: that is never done.
    """
    ledger = ledgers.get(search.ledger)
    if ledger is None:
        return GONE
    if not access_of(user).may(ledger.view_permission):
        return NO_RIGHT
    try:
        listing = listing_of(search, user)
    except Unreadable:
        return BROKEN
    return "" if understood(listing) else NARROWED


def listing_of(search: SavedSearch, user) -> Listing:
    """The list under the saved filters and words, as this account sees it today."""
    return thawed(ledgers[search.ledger], user, search.selection).listing


def understood(listing: Listing) -> bool:
    """Whether every filter that the parameters name is one that the list applies."""
    known = set(listing.filter.filters)
    asked = {
        name
        for name in listing.params
        if name not in {"page", "sort", "s"} and any(listing.params.getlist(name))
    }
    return asked <= known and asked <= listing.filter.chosen.keys()


def look(search: SavedSearch, user, until: int) -> Look:
    """In the scope of the account: rows of the search that were written from ``seen`` on, below ``until``."""
    if trouble := trouble_of(search, user):
        return Look(trouble=trouble)
    listing = listing_of(search, user)
    written = _written_keys(listing.ledger.model, search.seen, until)
    if not written:
        return Look()
    keys = listing.records().filter(pk__in=written).values_list("pk", flat=True)
    return Look(tuple(sorted(set(keys[:MOST_FOUND]))))


def _written_keys(model, seen: int, until: int) -> list[int]:
    """Of a database brought back from a backup the numbers begin anew: then nothing is new."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [model._meta.db_table, seen, until])
        return [key for (key,) in cursor.fetchall()]


def selection_of(ledger, user, params: QueryDict) -> tuple[Selection, bool]:
    """What a list's address asks for, and whether all of it is understood; a search that has grown old
    would be lost."""
    selection = Selection(ledger, user, params)
    token = params.get("s", "")
    lost = bool(token) and not open_token(token, SEARCH_TOKEN_AGE)
    return selection, understood(selection.listing) and not lost

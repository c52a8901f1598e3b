"""What the one search box finds; declared in ``<app>/finders.py``.

Each finder starts from the rows that its ledger shows the user, so the box never tells more than a
list does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.ledgers.registry import ledgers
from portal.registry import Registry
from portal.scope import access_of

SHOWN = 8  # of each finder under the box
SHOWN_ON_PAGE = 40


@dataclass(frozen=True)
class Hit:
    """One thing found. ``number`` is masked already; ``place`` tells namesakes apart."""

    name: str
    url: str
    note: str = ""
    number: str = ""
    place: str = ""


@dataclass(frozen=True)
class Finder:
    """``found(rows, text)`` narrows the ledger's rows, to none where the text cannot mean one;
    ``hit(record)`` gives the words of a Hit but its address, which is the record's page."""

    code: str
    ledger: str
    found: Callable[[QuerySet, str], QuerySet]
    hit: Callable[[object], dict]

    def hits(self, user, text: str, limit: int) -> list[Hit]:
        """Up to ``limit`` things in the ledger's own order; none without its permission."""
        ledger = ledgers[self.ledger]
        if not access_of(user).may(ledger.view_permission):
            return []
        rows = self.found(ledger.queryset(user), text).order_by(*ledger.order)
        return [Hit(url=ledger.url("detail", row), **self.hit(row)) for row in rows[:limit]]


@dataclass(frozen=True)
class Group:
    """The hits of one finder, under its ledger's title."""

    title: str
    icon: str
    hits: list[Hit]
    more: bool


finders: Registry[Finder] = Registry("finders")


def register(*declared: Finder) -> None:
    for finder in declared:
        finders.add(finder.code, finder)


def may_find(user) -> bool:
    """Whether there is anything that the box could find for this user."""
    access = access_of(user)
    return any(access.may(ledgers[finder.ledger].view_permission) for finder in finders)


def find(user, text: str, shown: int = SHOWN) -> list[Group]:
    """What matches the typed words, by kind, people first; kinds without a match are left out."""
    groups = []
    for finder in finders if text else ():
        hits = finder.hits(user, text, shown + 1)
        if hits:
            ledger = ledgers[finder.ledger]
            groups.append(Group(ledger.title, ledger.icon, hits[:shown], len(hits) > shown))
    return groups

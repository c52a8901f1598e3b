"""Entries of the side menu beside the ledgers; an app declares its own in ``<app>/menu.py``."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.registry import Registry

DAILY, NUMBERS, ADMINISTRATION, OWN = "daily", "numbers", "administration", "own"


def holding(*permissions: str) -> Callable:
    """Whoever holds all of these permissions somewhere."""
    return lambda access: all(access.may(permission) for permission in permissions)


@dataclass(frozen=True)
class Entry:
    """A link for those whom ``may(access)`` lets through.

    ``group`` is DAILY (below the home page), NUMBERS, ADMINISTRATION, OWN (the first page of those who see
    nothing but their own) or the key of a department, whose overview it then is.
    ``place`` orders the entries of a group; those with a ``section`` stand in a fold of that name.
    The entry is the current one on all pages below its address, on that alone where it is ``exact``,
    or on those below the page named by ``beneath``. With ``quick`` the home page has a button for it.
    """

    title: str
    url: str  # its name
    icon: str
    may: Callable[[object], bool]
    group: str
    place: int = 0
    exact: bool = False
    beneath: str = ""
    section: str = ""
    quick: bool = False


entries: Registry[Entry] = Registry("menu")


def register(*declared: Entry) -> None:
    for entry in declared:
        entries.add(entry.url, entry)


def entries_of(group: str, access) -> list[Entry]:
    found = [entry for entry in entries if entry.group == group and entry.may(access)]
    return sorted(found, key=lambda entry: entry.place)


def quick_entries(access) -> list[Entry]:
    """Pages that begin something, as the home page offers them."""
    return [entry for entry in entries if entry.quick and entry.may(access)]

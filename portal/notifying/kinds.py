"""The kinds of 消息, each with the one sentence that it tells; declared in ``<app>/notifications.py``."""

import re
from dataclasses import dataclass

from portal.registry import Registry

LONGEST_WORD, LONGEST = 60, 300
NUMBER = re.compile(r"[0-9０-９]{6,}[xXｘＸ]?")  # of persons: an ID, a telephone, a certificate


@dataclass(frozen=True)
class Kind:
    """``text`` has named places and says nothing else: who notifies fills them with titles, names of
    units and days, never with what a record says of a resident. ``group`` is where the settings list it.
    """

    code: str
    group: str
    label: str
    text: str
    icon: str = "bell"

    def told(self, **words) -> str:
        """The sentence; raises KeyError for a place without its word. A long number that somebody typed
        into a title is left out."""
        short = {name: _without_numbers(str(word)) for name, word in words.items()}
        return self.text.format(**short)[:LONGEST]


def _without_numbers(word: str) -> str:
    word = NUMBER.sub("…", word)
    return word if len(word) <= LONGEST_WORD else f"{word[: LONGEST_WORD - 1]}…"


kinds: Registry[Kind] = Registry("notifications")


def register(*declared: Kind) -> None:
    for kind in declared:
        kinds.add(kind.code, kind)


def groups() -> dict[str, list[Kind]]:
    """The kinds by the group of the settings, in the order of their declaration."""
    found: dict[str, list[Kind]] = {}
    for kind in kinds:
        found.setdefault(kind.group, []).append(kind)
    return found

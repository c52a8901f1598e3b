"""Cells that hold several names: each is a row of its own."""

import re

from portal.width import to_halfwidth

MARKS = re.compile(r"[、，,;；/／\n|]+")
SPACES = re.compile(r"\s+")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def names_in(value) -> list[str]:
    """The names of a cell in their order. Blanks part names only where each part is a whole one:
    张 三 is one name, 崔磊英 韩翀刚 are two."""
    text = str(value).strip()
    parts = [part.strip() for part in MARKS.split(text) if part.strip()]
    found = []
    for part in parts:
        words = SPACES.split(to_halfwidth(part) if part.isascii() else part)
        if len(words) > 1 and all(len(word) > 1 and HAN.search(word) for word in words):
            found += words
        else:
            found.append(part)
    return found


def holds_several(value) -> bool:
    return isinstance(value, str) and len(names_in(value)) > 1

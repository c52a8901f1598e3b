"""A quotation's numbers were proven when it was signed: the checker does not ask for them again."""

import re
from collections.abc import Iterable

BLANK = "\u2007"  # as wide as a digit, and none: what stands behind keeps its place
_NUMBERS = re.compile(r"[0-9０-９][0-9０-９,.，．%％/／]*")


def unnumbered(text: str, quoted: Iterable[str]) -> str:
    """The text with the numbers blanked inside of quotations that stand in it word for word."""
    for words in quoted:
        if words and words in text:
            text = text.replace(words, _NUMBERS.sub(lambda m: BLANK * len(m[0]), words))
    return text

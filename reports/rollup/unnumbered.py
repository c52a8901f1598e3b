"""A quotation's numbers were proven when it was signed: the checker does not ask for them again."""

import re
from collections.abc import Iterable

from reports.checks.typed import HIDDEN

_NUMBERS = re.compile(r"[0-9０-９][0-9０-９,.，．%％/／]*")


def unnumbered(text: str, quoted: Iterable[str]) -> str:
    """The text with the numbers hidden inside of quotations that stand in it word for word; what stands
    behind them keeps its place."""
    for words in quoted:
        if words and words in text:
            text = text.replace(words, _NUMBERS.sub(lambda m: HIDDEN * len(m[0]), words))
    return text

"""A quotation's numbers were proven when it was signed: the checker does not ask for them again."""

import re
from collections.abc import Iterable

from reports.checks.typed import HIDDEN
from reports.rollup.quoting import SOURCE, one_line

_NUMBERS = re.compile(r"[0-9０-９][0-9０-９,.，．%％/／]*")


def unnumbered(text: str, quoted: Iterable[str]) -> str:
    """The text with the numbers hidden inside of quotations that stand in it word for word and name their
    source right behind; what stands behind them keeps its place."""
    for words in map(one_line, quoted):
        if words and words in text:
            blank = _NUMBERS.sub(lambda m: HIDDEN * len(m[0]), words)
            text = text.replace(f"{words}{SOURCE}", f"{blank}{SOURCE}")
    return text

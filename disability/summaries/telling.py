"""How the paragraphs of disability work are declared and its figures read."""

from collections.abc import Iterable

from portal import telling as words
from portal.summaries import Clauses, Sentence, Telling


def told(outlines: str, part: str, order: int, text: str, *when: str) -> Iterable[Sentence]:
    """The same sentence in each of the outlines, of which one letter each: "AB"."""
    codes = tuple(f"disability.{code}" for code in when)
    return [Sentence(outline, part, order, text, codes) for outline in outlines]


def clauses(outline: str, part: str, order: int, *parts: tuple[str, ...]) -> Clauses:
    """One sentence of several counts: each (words, the figures of which one must not be zero …)."""
    told_of = ((words, *(f"disability.{code}" for code in when)) for words, *when in parts)
    return Clauses(outline, part, order, tuple(told_of))


def counted(telling: Telling, code: str):
    """The value of a figure of disability work for this summary."""
    return words.counted(telling, f"disability.{code}")

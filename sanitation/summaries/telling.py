"""How the paragraphs of sanitation work read its figures."""

from portal import telling as words
from portal.summaries import Clauses, Telling
from sanitation.summaries.outlines import SANITATION


def counted(telling: Telling, code: str):
    return words.counted(telling, f"sanitation.{code}")


def each_of(telling: Telling, told: dict[str, str]) -> str:
    return words.each_of(telling, {f"sanitation.{code}": word for code, word in told.items()})


def divided(telling: Telling, code: str, category: str, most: int = 99, **options) -> str:
    return words.divided(telling, f"sanitation.{code}", category, most, **options)


def codes(*names: str) -> tuple[str, ...]:
    return tuple(f"sanitation.{name}" for name in names)


def clauses(part: str, order: int, *parts: tuple[str, ...]) -> Clauses:
    """One sentence of several counts: each (words, the figures of which one must not be zero …)."""
    told = ((words, *codes(*when)) for words, *when in parts)
    return Clauses(SANITATION, part, order, tuple(told))

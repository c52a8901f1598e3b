"""How the paragraphs of volunteer work read its figures."""

from portal import telling as words
from portal.summaries import Telling


def counted(telling: Telling, code: str):
    return words.counted(telling, f"volunteers.{code}")


def each_of(telling: Telling, told: dict[str, str]) -> str:
    return words.each_of(telling, {f"volunteers.{code}": word for code, word in told.items()})


def divided(telling: Telling, code: str, category: str, most: int = 99, **options) -> str:
    return words.divided(telling, f"volunteers.{code}", category, most, **options)


def codes(*names: str) -> tuple[str, ...]:
    return tuple(f"volunteers.{name}" for name in names)

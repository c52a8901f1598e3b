"""Rows of the yearly needs survey, and of the needs that were met afterwards."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tests.cases.register import Person

NONE = "无需求"


class Asked(NamedTuple):
    number: int
    name: str
    day: date
    needs: str  # as a cell tells them


def ask(
    people: Iterable[Person],
    needs: dict[str, str],
    *,
    first: date,
    a_day: int,
    content: Callable[[int], bool],
) -> list[Asked]:
    """So many people a day from the first one on; ``needs`` by the first category of the file, and who
    is ``content``, by number, has none."""
    return [
        Asked(
            number,
            person.name,
            first + timedelta(days=number // a_day),
            NONE if content(number) else needs[person.components[:2]],
        )
        for number, person in enumerate(people)
    ]


def surveys(
    asked: Iterable[Asked], named: Callable[[str], dict], surveyors: Sequence[str]
) -> Iterator[dict]:
    for number, name, day, needs in asked:
        row = {"日期": day, **named(name), "康复需求": needs, "方式": "入户"}
        yield row | {"调查人": surveyors[number % len(surveyors)]}


def met(
    asked: Iterable[Asked], named: Callable[[str], dict], *, open_still: Callable[[int], bool]
) -> Iterator[dict]:
    """What became of the needs within the year, but of those who are ``open_still``, by number."""
    for number, name, day, needs in asked:
        if needs == NONE or open_still(number):
            continue
        for kind in needs.split("、"):
            yield {
                "日期": day,
                **named(name),
                "需求类别": kind,
                "状态": "已满足",
                "安排情况": "纳入康复服务或转介落实。",
                "满足日期": day + timedelta(days=60 + number % 90),
            }

"""Rows of visits, spread over the working days of each month of 2025."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from chinese_calendar import is_workday


def days(counts: Iterable[int], year: int = 2025) -> Iterator[date]:
    """So many days of each month, spread over its working days."""
    for month, count in enumerate(counts, start=1):
        working = [day for n in range(1, 29) if is_workday(day := date(year, month, n))]
        for number in range(count):
            yield working[number * len(working) // count]


def visits(
    named: Callable[[str], dict],
    people: Sequence[str],
    counts: Iterable[int],
    *,
    mode: str,
    staff: Sequence[str],
    words: Sequence[str],
    purposes: Sequence[str] = ("了解近况",),
    year: int = 2025,
) -> Iterator[dict]:
    """So many visits of each month, to one after the other of the people by name."""
    for number, day in enumerate(days(counts, year)):
        yield {
            "日期": day,
            **named(people[number % len(people)]),
            "方式": mode,
            "目的": purposes[number % len(purposes)],
            "走访人": staff[number % len(staff)],
            "情况记录": words[number % len(words)],
        }

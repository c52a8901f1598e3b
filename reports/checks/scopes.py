"""Of what a number speaks when it is not the whole: of a day, a month, the year before, a unit below, or
of a difference."""

import re
from dataclasses import dataclass
from datetime import date

from portal.periods import Period
from reports.checks.findings import Grounds
from reports.checks.typed import Typed

_DAY = re.compile(
    r"(?<!\d)(\d{1,2})月(\d{1,2})日(?:(?:至|到|—|-|－|～)(?:(\d{1,2})月)?(\d{1,2})日)?"
)
_MONTH = re.compile(r"(?<![\d个])(\d{1,2})月(?:份|(?!\d{1,2}日))(?!底|末)")
_PART = re.compile(r"(上|下)半年|第?([一二三四1-4])季度")
_ASOF = re.compile(r"(?:截至|截止|至|到)[^，。；]{0,8}$")
_BEFORE = re.compile(r"上年|去年|上一年|同期|上期|上季度|上半年同期|前一年")
_CHANGE = re.compile(
    r"(?:增加|增长|新增加|减少|下降|提高|降低|上升|增幅|降幅|多|少|增|减|升|降)[了约近为达]{0,2}\s{0,2}$"
)
_QUARTERS = {mark: number for number, mark in enumerate("一二三四", 1)} | {
    str(number): number for number in range(1, 5)
}


@dataclass(frozen=True)
class Scope:
    """What narrows a number: ``period`` within the summary's (None: all of it), ``unit`` below it
    ('': all of them), ``before``: the period before it, ``change``: a difference to that."""

    period: Period | None = None
    unit: str = ""
    before: bool = False
    change: bool = False

    @property
    def is_whole(self) -> bool:
        return self == Scope()

    @property
    def name(self) -> str:
        return f"{self.unit}{self.period.label if self.period else ''}"


def scope_of(flat: str, typed: Typed, grounds: Grounds) -> Scope:
    """What is said before the number in its sentence; the nearest word of a kind counts."""
    said = flat[typed.sentence[0] : typed.wide_start]
    clause = flat[max(typed.clause[0], typed.after) : typed.wide_start]
    if _CHANGE.search(clause):
        return Scope(change=True)
    if _BEFORE.search(clause):
        return Scope(before=True)
    return Scope(_time(said, grounds.period), _unit(said, grounds))


def _time(said: str, whole: Period) -> Period | None:
    found = [
        (match.start(), period)
        for pattern, read in ((_DAY, _days), (_MONTH, _month), (_PART, _part))
        for match in pattern.finditer(said)
        if not _ASOF.search(said, 0, match.start()) and (period := read(match, whole.end.year))
    ]
    period = max(found, key=lambda pair: pair[0])[1] if found else None
    inside = period and whole.start <= period.start and period.end <= whole.end
    return period if inside and period != whole else None


def _days(match, year: int) -> Period | None:
    month, day, last_month, last_day = (int(group) if group else None for group in match.groups())
    try:
        first = date(year, month, day)
        return Period(first, date(year, last_month or month, last_day) if last_day else first)
    except ValueError:
        return None


def _month(match, year: int) -> Period | None:
    month = int(match[1])
    return Period.parse(f"{year}-{month:02d}") if 1 <= month <= 12 else None


def _part(match, year: int) -> Period:
    if match[1]:
        return Period.parse(f"{year}H{1 if match[1] == '上' else 2}")
    return Period.parse(f"{year}Q{_QUARTERS[match[2]]}")


def _unit(said: str, grounds: Grounds) -> str:
    """The unit below that is named last; its bare name without 社区 or 村 is too often a word."""
    places = {name: said.rfind(name) for name in grounds.below}
    named = [(place, len(name), name) for name, place in places.items() if place >= 0]
    return max(named)[2] if named else ""

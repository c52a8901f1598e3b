"""主题日: the days that publicity and volunteering are tied to, computed by rule (domain §1.6)."""

import re
from calendar import SUNDAY, monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.numerals import read_numeral
from portal.width import to_halfwidth

# 农历九月初九, 2004–2050; a year outside is left out rather than guessed.
DOUBLE_NINTH = {
    int(text[:4]): date.fromisoformat(text)
    for text in (
        *("2004-10-22", "2005-10-11", "2006-10-30", "2007-10-19", "2008-10-07", "2009-10-26"),
        *("2010-10-16", "2011-10-05", "2012-10-23", "2013-10-13", "2014-10-02", "2015-10-21"),
        *("2016-10-09", "2017-10-28", "2018-10-17", "2019-10-07", "2020-10-25", "2021-10-14"),
        *("2022-10-04", "2023-10-23", "2024-10-11", "2025-10-29", "2026-10-18", "2027-10-08"),
        *("2028-10-26", "2029-10-16", "2030-10-05", "2031-10-24", "2032-10-12", "2033-10-01"),
        *("2034-10-20", "2035-10-09", "2036-10-27", "2037-10-17", "2038-10-07", "2039-10-26"),
        *("2040-10-14", "2041-10-03", "2042-10-22", "2043-10-11", "2044-10-29", "2045-10-18"),
        *("2046-10-08", "2047-10-27", "2048-10-16", "2049-10-05", "2050-10-24"),
    )
}


@dataclass(frozen=True)
class ThemeDay:
    """One observance in one year; 爱国卫生月 stands on the first of its month."""

    code: str
    name: str
    date: date


@dataclass(frozen=True)
class Observance:
    """``first`` is the first year it was kept; ``counted`` says that its ordinals are in use.

    ``other_names`` are those by which texts also call it.
    """

    code: str
    name: str
    falls_on: Callable[[int], date | None]
    first: int | None = None
    counted: bool = False
    other_names: tuple[str, ...] = ()


def _fixed(month: int, day: int):
    return lambda year: date(year, month, day)


def _third_sunday_of_may(year: int) -> date:
    first = date(year, 5, 1)
    return first + timedelta(days=(SUNDAY - first.weekday()) % 7 + 14)


def _last_sunday_of_september(year: int) -> date:
    last = date(year, 9, monthrange(year, 9)[1])
    return last - timedelta(days=(last.weekday() - SUNDAY) % 7)


OBSERVANCES = (
    Observance("ear-care-day", "全国爱耳日", _fixed(3, 3), 2000, True, ("爱耳日",)),
    Observance("lei-feng-day", "学雷锋日", _fixed(3, 5), 1963, False, ("中国青年志愿者服务日",)),
    Observance("womens-day", "妇女节", _fixed(3, 8)),
    Observance("arbor-day", "植树节", _fixed(3, 12), 1979),
    Observance("health-month", "爱国卫生月", _fixed(4, 1), 1989, True),
    Observance("autism-day", "世界孤独症日", _fixed(4, 2), 2008, True, ("孤独症日",)),
    # 残疾人保障法 article 14: the third Sunday of May.
    Observance("disability-day", "全国助残日", _third_sunday_of_may, 1991, True, ("助残日",)),
    Observance("environment-day", "世界环境日", _fixed(6, 5), 1973),
    Observance("eye-care-day", "全国爱眼日", _fixed(6, 6), 1996, True, ("爱眼日",)),
    Observance("ecology-day", "全国生态日", _fixed(8, 15), 2023, True),
    Observance("prevention-day", "残疾预防日", _fixed(8, 25), 2017, True),
    Observance("sign-language-day", "国际手语日", _fixed(9, 23), 2018, True),
    Observance("deaf-day", "国际聋人日", _last_sunday_of_september, 1958, True),
    Observance("mental-health-day", "世界精神卫生日", _fixed(10, 10), 1992),
    Observance("blind-day", "国际盲人节", _fixed(10, 15), 1984),
    Observance("elders-day", "老年节", DOUBLE_NINTH.get, 2013),
    Observance("fire-day", "全国消防日", _fixed(11, 9), 1992),
    Observance("intl-disability-day", "国际残疾人日", _fixed(12, 3), 1992, True),
    Observance("constitution-day", "国家宪法日", _fixed(12, 4), 2014, True),
    Observance("volunteer-day", "国际志愿者日", _fixed(12, 5), 1986),
)
BY_CODE = {observance.code: observance for observance in OBSERVANCES}
MONTHS = {"health-month"}
THEME_DAY_CHOICES = [(observance.code, observance.name) for observance in OBSERVANCES]


def theme_days(year: int) -> list[ThemeDay]:
    """The observances kept in that year, in order of date."""
    days = [
        ThemeDay(observance.code, observance.name, day)
        for observance in OBSERVANCES
        if (observance.first or year) <= year and (day := observance.falls_on(year))
    ]
    return sorted(days, key=lambda found: found.date)


def days_from(code: str, day: date) -> int | None:
    """How far the day is from the nearest such theme day, 0 within a month kept as a whole; None
    where none is known near its year. Raises KeyError for an unknown code."""
    observance, gaps = BY_CODE[code], []
    for year in (day.year - 1, day.year, day.year + 1):
        first = observance.falls_on(year)
        if first is None:
            continue
        last = first.replace(day=monthrange(year, first.month)[1]) if code in MONTHS else first
        gaps.append(max((first - day).days, (day - last).days, 0))
    return min(gaps, default=None)


def ordinal(code: str, year: int) -> int | None:
    """Which one it is that year: 助残日 of 2025 is the 35th. None where nobody counts, or not yet.

    Raises KeyError for an unknown code.
    """
    observance = BY_CODE[code]
    if not observance.counted or year < observance.first:
        return None
    return year - observance.first + 1


@dataclass(frozen=True)
class WrongOrdinal:
    """A theme day told with the wrong ordinal: ``text[start : start + len(words)] == words``.

    ``suggestion`` is what could stand there instead.
    """

    words: str
    start: int
    suggestion: str
    message: str


LONGEST_TEXT = 100_000
_NAMES = {
    name: observance
    for observance in OBSERVANCES
    if observance.counted
    for name in (observance.name, *observance.other_names)
}
_ORDINAL = re.compile(
    r"第 {0,2}(?P<number>[0-9０-９]{1,3}|[〇零一二三四五六七八九十百]{1,6}) {0,2}[个次届]?"
    r"(?:法定)?[ “‘「《\"]{0,2}(?P<name>" + "|".join(sorted(_NAMES, key=len, reverse=True)) + ")"
)


def wrong_ordinals(text: str, year: int) -> list[WrongOrdinal]:
    """Every "第19个全国助残日", "第三十五次“助残日”" in ``text`` that is wrong for ``year``."""
    faults = []
    for found in _ORDINAL.finditer(text[:LONGEST_TEXT]):
        observance = _NAMES[found["name"]]
        told, right = _number(found["number"]), ordinal(observance.code, year)
        if right is None or told in (None, right):
            continue
        message = f"{year}年是第{right}次{observance.name}，不是第{found['number']}次，请核对。"
        suggestion = found[0].replace(found["number"], str(right), 1)
        faults.append(WrongOrdinal(found[0], found.start(), suggestion, message))
    return faults


def check_ordinal(text: str, year: int) -> list[str]:
    """The messages of ``wrong_ordinals``."""
    return [fault.message for fault in wrong_ordinals(text, year)]


def _number(text: str) -> int | None:
    digits = to_halfwidth(text)
    if digits.isascii():
        return int(digits)
    try:
        return read_numeral(text)
    except ValueError:
        return None

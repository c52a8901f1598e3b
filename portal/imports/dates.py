"""Dates as offices write them in sheets, beyond what a form takes: short years and months alone."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.days import parse_date
from portal.numerals import read_numeral
from portal.width import to_halfwidth

SHORT_YEAR = re.compile(r"'?([0-9]{2})(?:年|[-/.、])([0-9]{1,2})(?:月|[-/.、])([0-9]{1,2})[日号]?")
SHORT_CHINESE = re.compile("([〇零○一二三四五六七八九]{2})年(.{1,2})月(.{1,3})[日号]")
NO_DAY = re.compile(r"([0-9]{4})(?:年|[-/.、])([0-9]{1,2})月?份?")
NO_DAY_PACKED = re.compile(r"((?:18|19|20)[0-9]{2})(0[1-9]|1[0-2])")
CHINESE_NO_DAY = re.compile("([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月份?")
NO_YEAR = re.compile(r"([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})[日号]?")
RULE = "两位年份按“不晚于今年的最近一个”读作四位"


class MonthOnly(ValidationError):
    """A month without its day. It is never guessed: another cell may tell, or the clerk."""

    def __init__(self, year: int, month: int):
        super().__init__(f"只写到 {year} 年 {month} 月，缺少日，请补上。", code="month")
        self.year, self.month = year, month


@dataclass(frozen=True)
class Day:
    """``note`` tells of a rule that was needed to read it; "" for none."""

    day: date
    note: str = ""


def read_day(value, year: str = "") -> Day:
    """A day from a cell; ``year`` completes days of which only month and day are written.

    Raises MonthOnly for a month, ValidationError for what is no day or may be several.
    """
    if not isinstance(value, str):
        return Day(parse_date(_unpacked(value)))
    text = "".join(to_halfwidth(value).split()).lstrip("'’‘`")
    if found := SHORT_YEAR.fullmatch(text):
        return _of_short_year(*map(int, found.groups()))
    if found := SHORT_CHINESE.fullmatch(text):
        try:
            return _of_short_year(*map(read_numeral, found.groups()))
        except ValueError:
            pass
    if found := NO_DAY.fullmatch(text) or NO_DAY_PACKED.fullmatch(text):
        raise _month(*map(int, found.groups()))
    if found := CHINESE_NO_DAY.fullmatch(text):
        raise _month(*map(read_numeral, found.groups()))
    if year and (found := NO_YEAR.fullmatch(text)):
        return Day(
            parse_date(f"{year}-{found[1]}-{found[2]}"), f"没有写年份，按整表的 {year} 年读。"
        )
    return Day(parse_date(value))


def _unpacked(value):
    """20250301 and 202503 as numbers are digits, not days since 1900."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and value == value and abs(value) < 1e9 and value == int(value):
        found = NO_DAY_PACKED.fullmatch(str(int(value)))
        if found:
            raise _month(*map(int, found.groups()))
    return value


def _month(year: int, month: int) -> ValidationError:
    parse_date(f"{year}-{month}-1")  # no such year or month is said as of any day
    return MonthOnly(year, month)


def _of_short_year(short: int, month: int, day: int) -> Day:
    """RULE: in 2026, 25 is 2025 and 58 is 1958."""
    today = timezone.localdate()
    century = today.year // 100 * 100
    year = century + short if short <= today.year % 100 else century - 100 + short
    return Day(parse_date(f"{year}-{month}-{day}"), f"{RULE}：{year} 年，请核对。")

"""Days as clerks write them. A day is a ``date``: birthdays on midnights that never were stay."""

import calendar
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.numerals import read_numeral
from portal.width import to_halfwidth

LONGEST = 40
FIRST_YEAR, LAST_YEAR = 1850, 2100
# A spreadsheet counts days from here; before 1900-03-01 its count is off by one, never met here.
EPOCH = date(1899, 12, 30)
# Smaller numbers are years or days of a month, larger ones no serial number of a day before 2100.
SERIALS = range(2200, 73051)

TIME = re.compile(
    r"(?:t| |上午|下午){0,9}[0-9]{1,2}[:时][0-9]{1,2}(?:[:分][0-9.]{0,9})?秒?z?", re.I
)
WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?")
FULL = re.compile(r"([0-9]{4})(?:年|[-/.、])([0-9]{1,2})(?:月|[-/.、])([0-9]{1,2})(?:日|号|\.)?")
PACKED = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
CHINESE = re.compile(
    "([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿卅]{1,3})[日号]"
)
SHORT_YEAR = re.compile(r"[0-9]{2}(?:年|[-/.])[0-9]{1,2}(?:月|[-/.])[0-9]{1,2}[日号]?")
NO_YEAR = re.compile(r"[0-9]{1,2}(?:月|[-/.])[0-9]{1,2}[日号]?")
NO_DAY = re.compile(r"[0-9]{4}(?:年|[-/.])[0-9]{1,2}月?|[0-9]{6}")
YEAR_LAST = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}")
ADVICE = "请写成 2025-03-10。"


def parse_date(value) -> date:
    """A day from a date, a time stamp, a spreadsheet's serial number or text.

    Text may be 2025-03-10, 2025/3/10, 2025.3.10, 2025、3、10, 2025年3月10日 (or 号), 20250310,
    二〇二五年三月十日, in full-width digits, with blanks, and with a weekday or a time of day, which
    are dropped.
    Raises ValidationError, naming what is missing or ambiguous, for everything else.
    """
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _of_number(value)
    if not isinstance(value, str):
        raise ValidationError(f"这里应填日期，{ADVICE}")
    if len(value) > LONGEST:
        raise ValidationError(f"日期太长，{ADVICE}")
    text = to_halfwidth(value).strip().lstrip("'")
    if not text:
        raise ValidationError("请填写日期。")
    return _of_text(text)


def _of_number(value) -> date:
    if value != value or abs(value) > 99_999_999:
        raise ValidationError(f"这个数字不是日期，{ADVICE}")
    whole = int(value)
    if whole in SERIALS:
        return EPOCH + timedelta(days=whole)
    if value == whole and whole >= 10_000_000:
        return _of_text(str(whole))
    if FIRST_YEAR <= whole <= LAST_YEAR:
        raise ValidationError(f"只有年份“{whole}”，缺少月和日，{ADVICE}")
    raise ValidationError(f"“{value}”不是日期，{ADVICE}")


def _of_text(text: str) -> date:
    day_text = WEEKDAY.sub("", text).rstrip()
    time = TIME.search(day_text)
    if time and time.end() == len(day_text):
        day_text = day_text[: time.start()]
    compact = "".join(day_text.split())
    if found := FULL.fullmatch(compact) or PACKED.fullmatch(compact):
        return _existing(*map(int, found.groups()))
    if found := CHINESE.fullmatch(compact):
        try:
            return _existing(*map(read_numeral, found.groups()))
        except ValueError:
            raise ValidationError(f"“{text}”不是日期，{ADVICE}") from None
    raise ValidationError(_trouble(text, compact))


def _existing(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(f"年份“{year}”不对，{ADVICE}")
    if not 1 <= month <= 12:
        raise ValidationError(f"没有{month}月，{ADVICE}")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValidationError(f"{year}年{month}月没有{day}日，请核对。")
    return date(year, month, day)


def _trouble(text: str, compact: str) -> str:
    if len(compact) == 5 and compact.isdigit():
        return f"“{text}”像是表格里日期的序号，请把这一格设为日期格式。"
    if SHORT_YEAR.fullmatch(compact):
        trouble = "的年份不是四位，分不清是哪一年"
    elif NO_YEAR.fullmatch(compact):
        trouble = "缺少年份"
    elif NO_DAY.fullmatch(compact):
        trouble = "缺少日"
    elif YEAR_LAST.fullmatch(compact):
        trouble = "分不清月和日"
    elif len(compact) == 4 and compact.isdigit():
        trouble = "只有年份，缺少月和日"
    else:
        trouble = "不是日期"
    return f"“{text}”{trouble}，{ADVICE}"


def not_future(day: date) -> None:
    """Validator of a date on which something has happened. Raises ValidationError after today."""
    if day > timezone.localdate():
        raise ValidationError("不能晚于今天。")

"""The periods of figures and summaries: a year, half, quarter, month, or any span of days."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

KEY = re.compile(r"(\d{4})(?:(H)([12])|(Q)([1-4])|(-)(0[1-9]|1[0-2]))?", re.ASCII)
DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", re.ASCII)
LONGEST_KEY = 22
FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_YEARS = 10
HALVES = ("上半年", "下半年")
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


@dataclass(frozen=True, order=True)
class Period:
    """The days from ``start`` to ``end``, both included; local days, without time zone.

    Two periods of the same days are equal, so 2025-01-01..2025-12-31 is the year 2025.
    """

    start: date
    end: date

    def __post_init__(self):
        if self.start > self.end:
            raise ValueError("时段的开始日期不能晚于结束日期。")

    def __str__(self):
        return self.key

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Of 2025, 2025H1, 2025Q3, 2025-08 or 2025-03-01..2025-06-30.

        Raises ValueError, in Chinese, for anything else, for years outside 1900 to 2100 and for
        spans over ten years (each month of a period is counted).
        """
        if not isinstance(text, str) or len(text) > LONGEST_KEY:
            raise ValueError(_unknown())
        if found := DAYS.fullmatch(text):
            return cls._of_days(*found.groups())
        found = KEY.fullmatch(text)
        if not found:
            raise ValueError(_unknown())
        year = int(found[1])
        _check_year(year)
        if found[2]:
            return cls._months(year, 6 * int(found[3]) - 5, 6)
        if found[4]:
            return cls._months(year, 3 * int(found[5]) - 2, 3)
        if found[6]:
            return cls._months(year, int(found[7]), 1)
        return cls._months(year, 1, 12)

    @classmethod
    def _of_days(cls, first: str, last: str) -> "Period":
        try:
            start, end = date.fromisoformat(first), date.fromisoformat(last)
        except ValueError:
            raise ValueError("时段中的日期不存在，请核对。") from None
        _check_year(start.year)
        _check_year(end.year)
        if end.year - start.year >= MOST_YEARS:
            raise ValueError("时段最长不超过十年。")
        return cls(start, end)

    @classmethod
    def _months(cls, year: int, first: int, count: int) -> "Period":
        last = first + count - 1
        return cls(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))

    @classmethod
    def year_of(cls, day: date) -> "Period":
        """The calendar year that ``day`` lies in."""
        return cls._months(day.year, 1, 12)

    @classmethod
    def month_of(cls, day: date) -> "Period":
        """The calendar month that ``day`` lies in."""
        return cls._months(day.year, day.month, 1)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def _shape(self) -> tuple[int, int] | None:
        """(first month, number of months) of a whole year, half, quarter or month; else None."""
        first, last = self.start.month, self.end.month
        count = last - first + 1
        whole = (
            self.start.year == self.end.year
            and count in (1, 3, 6, 12)
            and (first - 1) % count == 0
            and self == self._months(self.start.year, first, count)
        )
        return (first, count) if whole else None

    @property
    def key(self) -> str:
        """The canonical text; ``parse`` gives the same period back."""
        year = f"{self.start.year:04d}"
        match self._shape:
            case (_, 12):
                return year
            case (first, 6):
                return f"{year}H{first // 6 + 1}"
            case (first, 3):
                return f"{year}Q{first // 3 + 1}"
            case (first, 1):
                return f"{year}-{first:02d}"
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    @property
    def label(self) -> str:
        """2025年, 2025年上半年, 2025年第三季度, 2025年8月, 2025年3月1日至6月30日."""
        year = f"{self.start.year}年"
        match self._shape:
            case (_, 12):
                return year
            case (first, 6):
                return year + HALVES[first // 6]
            case (first, 3):
                return year + QUARTERS[first // 3]
            case (first, 1):
                return f"{year}{first}月"
        return year + self._label_of_days()

    def _label_of_days(self) -> str:
        start, end = self.start, self.end
        text = f"{start.month}月{start.day}日"
        if start == end:
            return text
        if start.year != end.year:
            return f"{text}至{end.year}年{end.month}月{end.day}日"
        return (
            f"{text}至{end.day}日"
            if start.month == end.month
            else (f"{text}至{end.month}月{end.day}日")
        )

    def previous(self) -> "Period":
        """The year, half, quarter or month before; of other spans as many days just before."""
        if self._shape is None:
            before = self.start - timedelta(days=1)
            return Period(before - timedelta(days=self.days - 1), before)
        first, count = self._shape
        year, first = (
            (self.start.year, first - count) if first > count else (self.start.year - 1, 13 - count)
        )
        return self._months(year, first, count)

    def compared(self) -> "Period":
        """What this period is compared with: the same span of the year before (同比), as a half-year is
        with the same half; a span of more than a year with as many days just before."""
        earlier = Period(_year_before(self.start), _year_before(self.end, last=True))
        return earlier if earlier.end < self.start else self.previous()

    @property
    def compared_label(self) -> str:
        """What people call the period that this one is compared with: 上年, 上年同期, 上一时段."""
        earlier = self.compared()
        if self._shape is not None and self._shape[1] == 12:
            return "上年"
        return "上年同期" if earlier.start == _year_before(self.start) else "上一时段"

    def months(self) -> list["Period"]:
        """The calendar months in order; a first or last month that is only partly inside is cut."""
        found, day = [], self.start
        while day <= self.end:
            month = Period.month_of(day)
            found.append(Period(day, min(month.end, self.end)))
            day = month.end + timedelta(days=1)
        return found


def _year_before(day: date, *, last: bool = False) -> date:
    """The same day a year earlier; the ``last`` day of a February stays the last one."""
    year = day.year - 1
    length = calendar.monthrange(year, day.month)[1]
    ends = last and day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, day.month, length if ends else min(day.day, length))


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"年份应在{FIRST_YEAR}到{LAST_YEAR}之间。")


def _unknown() -> str:
    return (
        "时段写法不对，请写成 2025、2025H1（上半年）、2025Q3（第三季度）、2025-08 或 "
        "2025-03-01..2025-06-30。"
    )

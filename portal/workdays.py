"""工作日: the days on which offices work, by the yearly notice of the State Council (domain §2.9).

A year whose notice is not written here is counted by its weekends and the statutory days that fall on the
same date each year; ``is_settled`` tells such years apart.
"""

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
# Year → (spans of rest "first..last", weekend days of work), as month-day.
NOTICES = {
    2023: (
        "1-01..1-02 1-21..1-27 4-05..4-05 4-29..5-03 6-22..6-24 9-29..10-06 12-30..12-31",
        "1-28 1-29 4-23 5-06 6-25 10-07 10-08",
    ),
    2024: (
        "1-01..1-01 2-10..2-17 4-04..4-06 5-01..5-05 6-08..6-10 9-15..9-17 10-01..10-07",
        "2-04 2-18 4-07 4-28 5-11 9-14 9-29 10-12",
    ),
    2025: (
        "1-01..1-01 1-28..2-04 4-04..4-06 5-01..5-05 5-31..6-02 10-01..10-08",
        "1-26 2-08 4-27 9-28 10-11",
    ),
    2026: (
        "1-01..1-03 2-15..2-23 4-04..4-06 5-01..5-05 6-19..6-21 9-25..9-27 10-01..10-07",
        "1-04 2-14 2-28 5-09 9-20 10-10",
    ),
}
FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}  # of years without a notice


def _days(year: int, text: str) -> set[date]:
    found = set()
    for span in text.split():
        first, _, last = span.partition("..")
        day = date(year, *map(int, first.split("-")))
        end = date(year, *map(int, (last or first).split("-")))
        while day <= end:
            found.add(day)
            day += ONE_DAY
    return found


_REST = {year: _days(year, rest) for year, (rest, _) in NOTICES.items()}
_WORK = {year: _days(year, work) for year, (_, work) in NOTICES.items()}


def is_settled(year: int) -> bool:
    """Whether the year's notice is known; else its days are provisional (暂定)."""
    return year in NOTICES


def is_workday(day: date) -> bool:
    if is_settled(day.year):
        if day in _WORK[day.year]:
            return True
        return day.weekday() < 5 and day not in _REST[day.year]
    return day.weekday() < 5 and (day.month, day.day) not in FIXED


def after_workdays(day: date, count: int) -> date:
    """The last of that many working days after ``day``, which itself does not count (民法典第二百零一条)."""
    while count > 0:
        day += ONE_DAY
        count -= is_workday(day)
    return day

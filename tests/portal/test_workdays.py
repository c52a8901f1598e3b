"""工作日 agree, day by day, with the package that knows the State Council's notices."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from portal.workdays import NOTICES, after_workdays, is_settled, is_workday


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_every_day_of_the_years_with_a_notice(year):
    first, wrong = date(year, 1, 1), []
    for number in range((date(year + 1, 1, 1) - first).days):
        day = first + timedelta(days=number)
        if is_workday(day) != chinese_calendar.is_workday(day):
            wrong.append(day)
    assert wrong == []


def test_other_years_are_provisional():
    assert not is_settled(2099)
    assert not is_workday(date(2099, 1, 1))
    assert is_workday(date(2099, 1, 2)) == (date(2099, 1, 2).weekday() < 5)


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (
            "2025-09-26",
            5,
            "2025-10-10",
        ),  # a Friday; Sunday the 28th is a day of work, 10-01..08 rest
        ("2025-03-10", 5, "2025-03-17"),
        ("2025-03-15", 1, "2025-03-17"),  # begun on a Saturday
        ("2025-03-10", 0, "2025-03-10"),
    ],
)
def test_days_of_notice(day, count, last):
    assert after_workdays(date.fromisoformat(day), count) == date.fromisoformat(last)

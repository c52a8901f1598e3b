"""Which day a due date falls on, by both ways of counting, over weekends, holidays and days made up."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.today.days import AHEAD, Horizon, told_late
from portal.today.enums import Due, Term
from portal.workcalendar.days import Calendar, Said

D, W = Term.DAYS, Term.WORKDAYS
# National Day 2025 as told: 1 to 8 October off, Sunday 28 September and Saturday 11 October worked.
OFF = {date(2025, 10, day): Said(False, "国庆节、中秋节") for day in range(1, 9)}
MADE_UP = {day: Said(True, "国庆节、中秋节") for day in (date(2025, 9, 28), date(2025, 10, 11))}
CALENDAR = Calendar({**OFF, **MADE_UP}, frozenset({2025}))


def horizon(*day) -> Horizon:
    return Horizon(date(2025, *day), CALENDAR)


@pytest.mark.parametrize(
    ("today", "due", "term", "when"),
    [
        # an ordinary Wednesday
        ((9, 10), (9, 9), D, Due.OVERDUE),
        ((9, 10), (9, 10), D, Due.TODAY),
        ((9, 10), (9, 11), D, Due.WEEK),
        ((9, 10), (9, 16), D, Due.WEEK),
        ((9, 10), (9, 17), D, Due.LATER),
        # a term whose last day is a Saturday ends on Monday; a paper that runs out on Saturday does
        ((9, 15), (9, 13), D, Due.OVERDUE),
        ((9, 15), (9, 13), W, Due.TODAY),
        ((9, 16), (9, 13), W, Due.OVERDUE),
        ((9, 13), (9, 13), D, Due.TODAY),
        ((9, 13), (9, 13), W, Due.WEEK),
        ((9, 13), (9, 12), W, Due.OVERDUE),
        # over the holiday: what ends on 3 October is due on the 9th
        ((9, 30), (10, 3), D, Due.WEEK),
        ((9, 30), (10, 3), W, Due.LATER),
        ((10, 9), (10, 3), D, Due.OVERDUE),
        ((10, 9), (10, 3), W, Due.TODAY),
        ((10, 10), (10, 3), W, Due.OVERDUE),
        ((10, 8), (9, 30), W, Due.OVERDUE),
        # Sunday 28 September and Saturday 11 October are working days
        ((9, 28), (9, 28), W, Due.TODAY),
        ((9, 28), (9, 27), W, Due.TODAY),
        ((9, 29), (9, 28), W, Due.OVERDUE),
        ((10, 11), (10, 11), W, Due.TODAY),
        ((10, 13), (10, 11), W, Due.OVERDUE),
        ((10, 13), (10, 12), W, Due.TODAY),
    ],
)
def test_a_due_date_falls_on_its_day(today, due, term, when):
    assert horizon(*today).when(date(2025, *due), term) == when


def test_what_has_no_date_has_no_limit():
    assert horizon(9, 10).when(None, D) == Due.UNDATED
    assert horizon(9, 10).span(Due.UNDATED, D) is None


@pytest.mark.parametrize(
    ("today", "due", "term", "told"),
    [
        ((9, 10), (9, 10), D, "今天到期"),
        ((9, 15), (9, 13), W, "今天到期"),
        ((9, 10), (9, 8), D, "超期 2 天"),
        ((9, 15), (9, 11), W, "超期 2 个工作日"),
        ((9, 14), (9, 12), W, "超期"),
        ((9, 16), (9, 13), W, "超期 1 个工作日"),
        ((9, 12), (9, 15), D, "还有 3 天"),
        ((9, 12), (9, 15), W, "还有 1 个工作日"),
        ((9, 30), (10, 9), W, "还有 1 个工作日"),
    ],
)
def test_how_far_off_is_told_as_the_term_is_counted(today, due, term, told):
    assert horizon(*today).told(date(2025, *due), term) == told


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(date(2025, 1, 20), date(2025, 12, 1)), st.integers(-40, 40), st.sampled_from(Term))
def test_each_date_falls_on_exactly_one_day(today, off, term):
    """The days of the strip, overdue and later divide all dates among them, and add up to their names."""
    known, due = Horizon(today, CALENDAR), today + timedelta(days=off)
    days = [day.isoformat() for day in known.days]
    places = [w for w in (Due.OVERDUE, *days, Due.LATER) if due in known.span(w, term)]
    assert len(places) == 1
    when = known.when(due, term)
    named = {Due.TODAY: days[:1], Due.WEEK: days[1:]}.get(when, [when])
    assert places[0] in named
    assert bool(told_late(due, today, CALENDAR if term == W else None)) == (when == Due.OVERDUE)
    assert (due in known.span(Due.NOW, term)) == (when in {Due.OVERDUE, Due.TODAY})
    if term == W and places[0] in days:
        assert CALENDAR.is_workday(date.fromisoformat(places[0]))


def test_the_seven_days_begin_with_today():
    known = horizon(9, 26)
    assert (known.days[0], known.days[-1], len(known.days)) == (
        date(2025, 9, 26), date(2025, 10, 2), AHEAD,
    )  # fmt: skip
    assert known.knows("2025-10-02")
    assert not known.knows("2025-10-03")
    assert not known.knows("tomorrow")


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ((9, 26), 1),
        ((9, 27), 0),
        ((9, 28), 0),
        ((9, 30), 6),
        ((10, 3), 0),
        ((10, 10), 0),
        ((9, 12), 2),
    ],
)
def test_a_rest_that_begins_tomorrow_is_known(today, days):
    """On 30 September the eight days off reach beyond the seven that are looked at."""
    assert len(horizon(*today).off_ahead()) == days

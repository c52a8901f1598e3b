"""The clock: which day is due, and how each day till then was judged (issue 5 §3)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.workcalendar.days import Calendar, DayKind, Said
from portal.workdays import calendar
from servicecenter.clock import Pause, reckon

D = date.fromisoformat


def due(start, days, *pauses):
    return reckon(D(start), days, [Pause(D(a), b and D(b)) for a, b in pauses], calendar()).due


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        # Around Sunday 2025-09-28, a day of work; 10-01 to 10-08 rest, Saturday 10-11 works.
        ("2025-09-22", 5, "2025-09-28"),  # Monday
        ("2025-09-23", 5, "2025-09-29"),  # Tuesday
        ("2025-09-24", 5, "2025-09-30"),  # Wednesday
        ("2025-09-25", 5, "2025-10-09"),  # Thursday: over National Day
        ("2025-09-26", 5, "2025-10-10"),  # Friday
        ("2025-09-27", 5, "2025-10-10"),  # Saturday: 28, 29, 30, 9, 10
        ("2025-09-28", 5, "2025-10-11"),  # the working Sunday itself does not count
        # Around Saturday 2026-02-14, a day of work; 02-15 to 02-23 rest; Saturday 02-28 works.
        ("2026-02-09", 5, "2026-02-14"),
        ("2026-02-10", 5, "2026-02-24"),
        ("2026-02-11", 5, "2026-02-25"),
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-14", 5, "2026-02-28"),
        ("2026-02-15", 5, "2026-02-28"),
        ("2026-02-23", 5, "2026-02-28"),
        ("2026-02-24", 5, "2026-03-02"),
        ("2026-02-27", 1, "2026-02-28"),
        ("2026-02-28", 1, "2026-03-02"),
        # National Day 2026: 10-01 to 10-07 rest, Sunday 09-20 and Saturday 10-10 work.
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-10-01", 1, "2026-10-08"),  # accepted on a holiday
        ("2026-09-18", 1, "2026-09-20"),
        # On the spot: the same day.
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-10-01", 0, "2026-10-01"),
    ],
)
def test_the_day_that_is_due(start, days, expected):
    assert due(start, days) == D(expected)


@pytest.mark.django_db
def test_into_a_year_without_a_notice():
    """28, 29, 30, 31 December; 1 January rests by statute; 4, 5, 6 January."""
    reckoning = reckon(D("2026-12-25"), 7, [], calendar())
    assert reckoning.due == D("2027-01-06")
    assert reckoning.provisional
    by_day = {line.day.date: line for line in reckoning.lines}
    assert by_day[D("2027-01-01")].day.words == "元旦放假"
    assert by_day[D("2027-01-01")].day.is_provisional
    assert not by_day[D("2026-12-31")].day.is_provisional
    assert not reckon(D("2026-12-25"), 4, [], calendar()).provisional


@pytest.mark.django_db
def test_paused_across_a_holiday():
    """Paused from 29 September until 10 October: those days are told as paused, holidays too."""
    pause = Pause(D("2025-09-29"), D("2025-10-10"), "公示")
    reckoning = reckon(D("2025-09-26"), 3, [pause], calendar())
    told = [(line.day.date, line.ordinal, line.pause) for line in reckoning.lines]
    assert reckoning.due == D("2025-10-11")
    assert [day for day, ordinal, _ in told if ordinal] == [
        D("2025-09-28"),
        D("2025-10-10"),  # the day on which it goes on counts
        D("2025-10-11"),
    ]
    stood = [day for day, _, paused in told if paused]
    assert stood == [D("2025-09-29") + timedelta(days=n) for n in range(11)]
    national = next(line for line in reckoning.lines if line.day.date == D("2025-10-01"))
    assert (national.pause, national.day.kind, national.ordinal) == (pause, DayKind.HOLIDAY, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "pauses", "expected"),
    [
        (2, [("2025-03-11", "2025-03-11")], "2025-03-12"),  # resumed the same day: nothing stood
        (2, [("2025-03-11", "2025-03-12")], "2025-03-13"),
        (2, [("2025-03-10", "2025-03-11")], "2025-03-12"),  # the day of acceptance never counted
        (2, [("2025-03-11", "2025-03-12"), ("2025-03-13", "2025-03-17")], "2025-03-17"),
        (2, [("2025-03-01", "2025-03-05")], "2025-03-12"),  # before the clock ran
        (0, [("2025-03-10", "2025-03-14")], "2025-03-14"),
        (2, [("2025-03-11", None)], None),
        (2, [("2025-03-11", "2025-03-12"), ("2025-03-12", None)], None),
    ],
)
def test_pauses(days, pauses, expected):
    assert due("2025-03-10", days, *pauses) == (expected and D(expected))


@pytest.mark.django_db
def test_an_open_pause_tells_how_far_it_came():
    stood = Pause(D("2025-03-13"), None, "残疾评定")
    reckoning = reckon(D("2025-03-10"), 5, [stood], calendar())
    assert (reckoning.due, reckoning.stopped, reckoning.ran_out) == (None, stood, None)
    assert reckoning.counted == 2
    assert reckoning.lines[-1].day.date == D("2025-03-13")
    assert reckoning.lines[-1].pause == stood
    late = reckon(D("2025-03-10"), 2, [Pause(D("2025-03-20"), None)], calendar())
    assert (late.due, late.ran_out) == (None, D("2025-03-12"))


# --- agreement with brute force, on calendars that nobody issued ------------------------------
FIRST = date(2025, 1, 1)
busy = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a machine may be
SPAN = 120
calendars = st.builds(
    lambda said: Calendar(
        {FIRST + timedelta(days=n): Said(works, "节") for n, works in said.items()},
        frozenset({2025, 2026}),
    ),
    st.dictionaries(st.integers(0, SPAN), st.booleans(), max_size=60),
)
starts = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def closed_pauses(draw):
    cuts = sorted(draw(st.lists(st.integers(0, 90), max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [Pause(FIRST + timedelta(days=a), FIRST + timedelta(days=b)) for a, b in pairs]


@busy
@given(calendars, starts, st.integers(0, 30), closed_pauses())
def test_due_is_the_nth_counted_day(known, start, days, pauses):
    reckoning = reckon(start, days, pauses, known)
    counted = [line.day.date for line in reckoning.lines if line.counts]
    assert len(counted) == reckoning.counted == days
    assert [line.ordinal for line in reckoning.lines if line.counts] == list(range(1, days + 1))
    assert [line.day.date for line in reckoning.lines] == [
        start + timedelta(days=n) for n in range(1, (reckoning.due - start).days + 1)
    ]
    if days:
        assert reckoning.due == counted[-1]
    for line in reckoning.lines:
        if days:
            stood = any(p.starts_on <= line.day.date < p.ends_on for p in pauses)
            assert line.counts == (known.is_workday(line.day.date) and not stood)
            assert bool(line.pause) == stood


@busy
@given(calendars, starts, st.integers(0, 40))
def test_after_and_between_agree_with_brute_force(known, start, count):
    end = known.after(start, count)
    ahead = (start + timedelta(days=n) for n in range(1, 400))
    expected = [day for day in ahead if known.day(day).works][:count]
    assert end == (expected[-1] if expected else start)
    assert known.between(start, end) == count
    assert known.between(end, start) == -count
    assert reckon(start, count, [], known).due == end

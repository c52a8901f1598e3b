from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.periods import Period

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def periods(draw):
    start = draw(DAYS)
    end = min(start + timedelta(days=draw(st.integers(0, 3000))), date(2100, 12, 31))
    span = Period(start, end)
    return draw(st.sampled_from([span, Period.year_of(start), Period.month_of(start)]))


@pytest.mark.parametrize(
    ("key", "start", "end", "label"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "2025年"),
        ("2025H1", date(2025, 1, 1), date(2025, 6, 30), "2025年上半年"),
        ("2025H2", date(2025, 7, 1), date(2025, 12, 31), "2025年下半年"),
        ("2025Q1", date(2025, 1, 1), date(2025, 3, 31), "2025年第一季度"),
        ("2025Q3", date(2025, 7, 1), date(2025, 9, 30), "2025年第三季度"),
        ("2025-08", date(2025, 8, 1), date(2025, 8, 31), "2025年8月"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        (
            "2025-03-01..2025-06-30",
            date(2025, 3, 1),
            date(2025, 6, 30),
            "2025年3月1日至6月30日",
        ),
        ("2025-03-01..2025-03-15", date(2025, 3, 1), date(2025, 3, 15), "2025年3月1日至15日"),
        ("2025-03-05..2025-03-05", date(2025, 3, 5), date(2025, 3, 5), "2025年3月5日"),
        (
            "2025-12-01..2026-02-28",
            date(2025, 12, 1),
            date(2026, 2, 28),
            "2025年12月1日至2026年2月28日",
        ),
    ],
)
def test_period_key_gives_days_and_label(key, start, end, label):
    period = Period.parse(key)
    assert (period.start, period.end, period.label, period.key) == (start, end, label, key)


@given(periods())
def test_period_key_reads_back(period):
    assert Period.parse(period.key) == period


def test_period_of_the_same_days_is_the_same():
    assert Period.parse("2025-01-01..2025-12-31") == Period.parse("2025")
    assert Period.parse("2025-04-01..2025-06-30").key == "2025Q2"


@pytest.mark.parametrize(
    ("key", "trouble"),
    [
        ("", "写法不对"),
        ("25", "写法不对"),
        ("2025H3", "写法不对"),
        ("2025Q0", "写法不对"),
        ("2025-13", "写法不对"),
        ("2025-1", "写法不对"),
        ("2025\n", "写法不对"),
        ("２０２５", "写法不对"),
        ("2025-03-01", "写法不对"),
        (None, "写法不对"),
        ("2" * 50_000, "写法不对"),
        ("1899", "年份应在1900到2100之间"),
        ("2101Q1", "年份应在1900到2100之间"),
        ("2025-02-30..2025-03-01", "日期不存在"),
        ("2025-06-30..2025-03-01", "不能晚于"),
        ("2015-01-01..2025-01-01", "不超过十年"),
    ],
)
def test_period_that_is_none_is_refused_in_chinese(key, trouble):
    with pytest.raises(ValueError, match=trouble):
        Period.parse(key)


@pytest.mark.parametrize(
    ("key", "before"),
    [
        ("2025", "2024"),
        ("2025H1", "2024H2"),
        ("2025H2", "2025H1"),
        ("2025Q1", "2024Q4"),
        ("2025Q4", "2025Q3"),
        ("2025-01", "2024-12"),
        ("2024-03", "2024-02"),
        ("2025-03-11..2025-03-20", "2025-03-01..2025-03-10"),
    ],
)
def test_period_previous_is_of_the_same_kind(key, before):
    assert Period.parse(key).previous().key == before


@pytest.mark.parametrize(
    ("key", "before", "words"),
    [
        ("2025", "2024", "上年"),
        ("2025H1", "2024H1", "上年同期"),
        ("2025Q4", "2024Q4", "上年同期"),
        ("2024-02", "2023-02", "上年同期"),
        ("2025-02", "2024-02", "上年同期"),
        ("2024-02-29..2024-03-10", "2023-02-28..2023-03-10", "上年同期"),
        ("2025-01-01..2025-02-28", "2024-01-01..2024-02-29", "上年同期"),
        ("2024-07-01..2025-12-31", "2022-12-30..2024-06-30", "上一时段"),
    ],
)
def test_period_is_compared_with_the_same_span_of_the_year_before(key, before, words):
    period = Period.parse(key)
    assert (period.compared().key, period.compared_label) == (before, words)


@given(periods())
def test_period_compared_lies_before(period):
    assert period.compared().end < period.start


@given(periods())
def test_period_previous_ends_the_day_before(period):
    assert period.previous().end + timedelta(days=1) == period.start


@given(periods())
def test_period_months_cover_each_day_once(period):
    months = period.months()
    assert months[0].start == period.start
    assert months[-1].end == period.end
    assert sum(month.days for month in months) == period.days
    assert all((m.start.year, m.start.month) == (m.end.year, m.end.month) for m in months)
    for earlier, later in pairwise(months):
        assert later.start - earlier.end == timedelta(days=1)


def test_period_months_are_cut_at_both_ends():
    keys = [month.key for month in Period.parse("2025-03-15..2025-05-10").months()]
    assert keys == ["2025-03-15..2025-03-31", "2025-04", "2025-05-01..2025-05-10"]


def test_period_contains_both_its_ends():
    period = Period.parse("2025Q1")
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 3, 31), date(2025, 4, 1)]
    assert [period.contains(day) for day in days] == [False, True, True, False]


def test_period_days_counts_both_ends():
    assert (Period.parse("2025").days, Period.parse("2024-02").days) == (365, 29)


def test_period_of_a_day():
    assert Period.year_of(date(2025, 5, 18)).key == "2025"
    assert Period.month_of(date(2025, 12, 31)).key == "2025-12"


def test_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="不能晚于"):
        Period(date(2025, 1, 2), date(2025, 1, 1))

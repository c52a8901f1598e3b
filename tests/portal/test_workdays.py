"""工作日: the seeded calendar agrees with the notices as issued; a new notice is seen at once."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from django.db import connection, transaction

from portal import workdays
from portal.models import WorkNotice, WorkNoticeDay
from portal.roles import Role
from portal.workcalendar.days import Said
from portal.workcalendar.services import store_notice
from portal.workdays import after_workdays, calendar, is_settled, is_workday, workdays_between
from tests.conftest import as_command

pytestmark = pytest.mark.django_db

# As the State Council's notices have them (domain §2.9): spans of rest, and weekends of work.
NOTICES = {
    2023: (
        "1-01..1-02 1-21..1-27 4-05..4-05 4-29..5-03 6-22..6-24 9-29..10-06 12-30..12-31",
        "1-28 1-29 4-23 5-06 6-25 10-07 10-08",
        249,
    ),
    2024: (
        "1-01..1-01 2-10..2-17 4-04..4-06 5-01..5-05 6-08..6-10 9-15..9-17 10-01..10-07",
        "2-04 2-18 4-07 4-28 5-11 9-14 9-29 10-12",
        251,
    ),
    2025: (
        "1-01..1-01 1-28..2-04 4-04..4-06 5-01..5-05 5-31..6-02 10-01..10-08",
        "1-26 2-08 4-27 9-28 10-11",
        248,
    ),
    2026: (
        "1-01..1-03 2-15..2-23 4-04..4-06 5-01..5-05 6-19..6-21 9-25..9-27 10-01..10-07",
        "1-04 2-14 2-28 5-09 9-20 10-10",
        248,
    ),
}


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def spans(year, text):
    found = set()
    for span in text.split():
        first, _, last = span.partition("..")
        day, end = (date(year, *map(int, part.split("-"))) for part in (first, last or first))
        found |= {day + timedelta(days=n) for n in range((end - day).days + 1)}
    return found


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_the_years_of_the_domain_sheet(year):
    rest, work, count = NOTICES[year]
    rests, works = spans(year, rest), spans(year, work)
    expected = [d for d in days_of(year) if d in works or (d.weekday() < 5 and d not in rests)]
    known = calendar()
    assert [d for d in days_of(year) if known.is_workday(d)] == expected
    assert len(expected) == count


def test_every_day_of_the_seeded_years_agrees_with_the_package():
    known = calendar()
    assert known.settled == frozenset(range(2004, 2027))
    wrong = [
        day
        for year in range(2004, 2027)
        for day in days_of(year)
        if known.is_workday(day) != chinese_calendar.is_workday(day)
    ]
    assert wrong == []


def test_days_of_december_belong_to_the_next_years_notice():
    told = WorkNoticeDay.objects.get(day=date(2023, 12, 30))
    assert (told.notice.year, told.name, told.works) == (2024, "元旦", False)


def test_other_years_are_provisional():
    assert not is_settled(2027)
    known = calendar()
    assert known.day(date(2027, 2, 6)).words == "春节放假"
    assert known.day(date(2027, 2, 9)).words == "春节补假"  # for the Saturday and the Sunday
    assert known.day(date(2027, 2, 11)).works
    assert all(known.day(day).is_provisional for day in days_of(2027))
    assert not is_workday(date(2099, 1, 1))
    assert is_workday(date(2099, 1, 2)) == (date(2099, 1, 2).weekday() < 5)
    assert not is_workday(date(2150, 10, 1))  # beyond what is known of the moon


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
    day, last = date.fromisoformat(day), date.fromisoformat(last)
    assert after_workdays(day, count) == last
    assert workdays_between(day, last) == count
    assert workdays_between(last, day) == -count


def add(year, *days, source="national", edition=1):
    with as_command():
        notice = WorkNotice.objects.create(
            source=source, year=year, edition=edition, title="通知", text=""
        )
        WorkNoticeDay.objects.bulk_create(
            WorkNoticeDay(notice=notice, day=day, works=works, name=name)
            for day, works, name in days
        )
    return notice


def test_the_latest_notice_that_speaks_of_a_day_wins():
    day, other = date(2026, 5, 6), date(2026, 5, 4)
    assert is_workday(day)
    assert not is_workday(other)
    add(2026, (day, False, "劳动节"), edition=2)
    assert not is_workday(day)  # without a word to any cache
    assert not is_workday(other)  # of which only the first edition speaks
    add(2026, (day, True, ""), edition=3)
    assert is_workday(day)


def test_a_local_closure_counts_and_settles_no_year():
    day = date(2027, 3, 10)
    add(2027, (day, False, "大厅搬迁"), source="local")
    assert not is_settled(2027)
    assert calendar().day(day).words == "本地停办：大厅搬迁"
    assert not is_workday(day)


def test_a_notice_that_is_rolled_back_is_forgotten():
    day = date(2026, 12, 1)
    with transaction.atomic():
        add(2026, (day, False, "停电"), edition=2)
        assert not is_workday(day)
        transaction.set_rollback(True)
    assert is_workday(day)


def test_the_table_is_read_once_and_then_only_asked_whether_it_changed(
    django_assert_num_queries,
):
    calendar()
    with django_assert_num_queries(1):
        assert after_workdays(date(2026, 1, 1), 200)


def test_one_request_asks_once_and_still_sees_what_it_stored(
    acting, make_user, street, django_assert_num_queries
):
    keeper, day = make_user(Role.SYSTEM_ADMINISTRATOR, street), date(2026, 12, 1)
    with acting(keeper):
        assert is_workday(day)
        with django_assert_num_queries(0):
            assert is_workday(day)
        closed = {day: Said(False, "停电")}
        store_notice(source="local", year=2026, title="停电", days=closed, by=keeper)
        assert not is_workday(day)


def test_what_was_committed_elsewhere_is_seen_when_asked_afresh(acting, community):
    day = date(2026, 12, 1)
    with acting(community):
        assert is_workday(day)
        add(2026, (day, False, "停电"), edition=2)
        assert is_workday(day)  # within one request the calendar stays
        assert not calendar(fresh=True).is_workday(day)
        assert not is_workday(day)


def test_another_process_would_read_the_table(monkeypatch):
    kept = calendar()
    monkeypatch.setattr(workdays, "_kept", None)
    assert calendar().said == kept.said


@pytest.mark.parametrize("table", ["portal_worknotice", "portal_worknoticeday"])
def test_notices_are_added_and_never_changed(table):
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)

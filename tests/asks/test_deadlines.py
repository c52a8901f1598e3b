"""Deadlines by the work calendar: too short, on a day off, near, over; told once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.asks import deadlines, services
from portal.asks.gathered import is_late
from portal.asks.jobs import tell_deadlines
from portal.models import Ask, Notification
from portal.workcalendar.days import Calendar, Said

# 2026-10-01 (Thursday) to 10-07 are off; Saturday 10-10 is worked.
OFF = {date(2026, 10, day): Said(False, "国庆节") for day in range(1, 8)}
CALENDAR = Calendar(OFF | {date(2026, 10, 10): Said(True, "国庆节")}, frozenset({2026}))


def at(month, day, hour=9, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due", "whole"),
    [
        (at(9, 21), at(9, 21, 17), 0),  # notice in the morning, due in the afternoon
        (at(9, 21, 15), at(9, 22, 10), 0),
        (at(9, 21, 15), at(9, 22, 15), 1),
        (at(9, 21), at(9, 23, 12), 2),
        (at(9, 25, 16), at(9, 28, 10), 0),  # Friday evening to Monday morning
        (at(9, 26, 16), at(9, 28, 17), 0),  # told on a Saturday
        (at(9, 26, 16), at(9, 29, 9), 1),
        (at(9, 30), at(10, 8, 8), 0),  # over the holidays
        (at(9, 30), at(10, 8, 9), 1),
        (at(10, 9), at(10, 10, 9), 1),  # a Saturday that is worked
        (at(9, 25, 9), at(9, 27, 12), 0),  # due on a Sunday: the Friday is all there is
        (at(9, 24, 9), at(9, 27, 12), 1),
        (at(9, 26), at(9, 27), 0),
    ],
)
def test_whole_working_days_between(now, due, whole):
    assert deadlines.whole_days(now, due, CALENDAR) == whole
    assert deadlines.is_short(now, due, CALENDAR) == (whole < 1)


def test_warnings_name_the_day_off():
    assert deadlines.warnings(at(9, 21), at(9, 24), CALENDAR) == []
    [short] = deadlines.warnings(at(9, 21), at(9, 21, 17), CALENDAR)
    assert "不足一个工作日" in short
    assert "期限落在休息日（国庆节放假）。" in deadlines.warnings(at(9, 21), at(10, 3), CALENDAR)
    assert deadlines.warnings(at(9, 28), at(10, 10), CALENDAR) == []


def test_near_is_less_than_two_working_days_and_not_over():
    assert deadlines.is_near(at(9, 21), at(9, 22), CALENDAR)
    assert not deadlines.is_near(at(9, 21), at(9, 24), CALENDAR)
    assert not deadlines.is_near(at(9, 22), at(9, 21), CALENDAR)


@pytest.mark.django_db
def test_a_short_deadline_asks_why(send):
    soon = timezone.now() + timedelta(minutes=30)
    with pytest.raises(ValidationError) as refusal:
        send(due_at=soon)
    assert "urgent_for" in refusal.value.message_dict
    assert send(due_at=soon, urgent_for="防汛会商").urgent_for == "防汛会商"


@pytest.mark.django_db
def test_late_is_who_passed_the_deadline(acting, send, bring_to, community, section, visits):
    ask = send()
    waiting = bring_to(ask, community, "waiting")
    assert not is_late(waiting, ask, ask.due_at - timedelta(minutes=1))
    assert is_late(waiting, ask, ask.due_at + timedelta(minutes=1))
    given = bring_to(ask, community, "confirmed")
    assert not is_late(given, ask, ask.due_at + timedelta(days=9))
    ask.due_at = given.given.taken_at - timedelta(seconds=1)
    assert is_late(given, ask, timezone.now())


def told(acting, user, kind):
    with acting(user):
        return Notification.objects.of(user).filter(kind=kind).count()


@pytest.mark.django_db
def test_near_and_late_are_told_once_however_often_the_job_runs(
    acting, send, confirm, answer_of, community, section, staff, neighbour, visits
):
    ask = send()
    confirm(answer_of(ask, community, staff), staff)
    before = ask.due_at - timedelta(hours=1)
    after = ask.due_at + timedelta(hours=1)
    for now in (before, before, after, after):
        tell_deadlines(now)
    assert told(acting, neighbour, "asks.near") == 1
    assert told(acting, staff, "asks.near") == 0  # has answered
    assert told(acting, section, "asks.late") == 1


@pytest.mark.django_db
def test_a_later_deadline_comes_near_anew(acting, send, section, neighbour):
    ask = send()
    tell_deadlines(ask.due_at - timedelta(hours=1))
    with acting(section):
        ask = Ask.objects.get(pk=ask.pk)
        later = ask.due_at + timedelta(days=20)
        services.extend(ask, version=ask.version, due_at=later, reason="延", by=section)
    tell_deadlines(later - timedelta(hours=1))
    assert told(acting, neighbour, "asks.near") == 2


def test_the_hour_is_told():
    assert deadlines.told(datetime.combine(date(2026, 9, 3), time(17), UTC)) == "9月3日 17:00"

"""Is there time enough? Of a deadline by the work calendar (domain §6.7: notice in the morning, due in the
afternoon). Pure: the calendar is given."""

from datetime import datetime, time, timedelta

from portal.workcalendar.days import Calendar

MORNING = time(0)


def whole_days(now: datetime, due: datetime, calendar: Calendar) -> int:
    """How many whole working days lie between; both are local times. Who is asked on a day off begins on
    the next working day; of the last day only working days count."""
    day, clock = now.date(), now.time()
    if not calendar.is_workday(day):
        day, clock = calendar.after(day, 1), MORNING
    last, until = due.date(), due.time()
    while last > day and not calendar.is_workday(last):
        last, until = last - timedelta(days=1), time.max
    if last < day:
        return 0
    return max(calendar.between(day, last) - (until < clock), 0)


def is_short(now: datetime, due: datetime, calendar: Calendar) -> bool:
    """Less than one working day."""
    return whole_days(now, due, calendar) < 1


def warnings(now: datetime, due: datetime, calendar: Calendar) -> list[str]:
    """What whoever asks should think about, in sentences."""
    found = []
    if is_short(now, due, calendar):
        found.append("期限不足一个工作日：社区可能来不及核对。")
    day = calendar.day(due.date())
    if not day.works:
        found.append(f"期限落在休息日（{day.words}）。")
    return found


def is_near(now: datetime, due: datetime, calendar: Calendar) -> bool:
    """Not over, and not two whole working days away."""
    return now < due and whole_days(now, due, calendar) < 2


def told(due: datetime) -> str:
    """9月3日 17:00, of a local time."""
    return f"{due.month}月{due.day}日 {due:%H:%M}"

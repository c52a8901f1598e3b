"""The clock of a case: from a day on, so many working days, without those on which it stood.

Pure: the calendar is handed in, nothing is asked of the database (行政许可法第八十二、四十五条,
民法典第二百零一条; domain §2.5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.workcalendar.days import Calendar, Day

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """The clock stands from ``starts_on`` until the day before ``ends_on``; until now without one."""

    starts_on: date
    ends_on: date | None = None
    reason: str = ""

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True)
class Line:
    """One day of the reckoning. ``ordinal``: the how-manieth working day it is, None where it does not
    count; ``pause``: it was within that pause, whatever else the day was."""

    day: Day
    ordinal: int | None = None
    pause: Pause | None = None

    @property
    def counts(self) -> bool:
        return self.ordinal is not None


@dataclass(frozen=True)
class Reckoning:
    """How ``due`` follows from ``start`` (which itself does not count) and the promised ``days``.

    ``lines`` are the days after ``start`` up to ``due``. While a pause is open there is no ``due``, and
    they end with the day on which it began, or where the time had run out before: on ``ran_out``.
    """

    start: date
    days: int
    lines: tuple[Line, ...]
    due: date | None
    stopped: Pause | None = None
    ran_out: date | None = None

    @property
    def provisional(self) -> bool:
        """Whether a day that was looked at is of a year without a notice (暂定)."""
        return any(line.day.is_provisional for line in self.lines)

    @property
    def counted(self) -> int:
        return sum(line.counts for line in self.lines)


def reckon(start: date, days: int, pauses: Iterable[Pause], calendar: Calendar) -> Reckoning:
    """The day on which the last of ``days`` working days after ``start`` falls, and each day till then.

    No days at all (即办件): due on ``start`` itself, or where the clock stood then, on the day on
    which it went on.
    """
    pauses = sorted(pauses, key=lambda pause: pause.starts_on)
    stopped = next((pause for pause in pauses if pause.ends_on is None), None)
    lines, counted, day = [], 0, start

    def pause_on(day):
        return next((pause for pause in pauses if pause.covers(day)), None)

    def is_over():
        return counted >= days and (days > 0 or pause_on(day) is None)

    while not is_over() and not (stopped and day >= stopped.starts_on):
        day += ONE_DAY
        found, pause = calendar.day(day), pause_on(day)
        counts = days > 0 and pause is None and found.works
        counted += counts
        lines.append(Line(found, counted if counts else None, pause))
    if stopped:
        ran_out = day if is_over() else None
        return Reckoning(start, days, tuple(lines), None, stopped, ran_out)
    return Reckoning(start, days, tuple(lines), day)

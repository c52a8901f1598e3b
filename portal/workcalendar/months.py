"""A year of the calendar, month by month, as its page shows it."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from portal.workcalendar.days import Calendar, Day, DayKind

MARKS = {
    DayKind.WORK: "",
    DayKind.MADE_UP: "班",
    DayKind.WEEKEND: "休",
    DayKind.HOLIDAY: "假",
    DayKind.CLOSED: "停",
}
ICONS = {
    DayKind.MADE_UP: "circle-check",
    DayKind.HOLIDAY: "calendar-event",
    DayKind.CLOSED: "lock",
}
ORDINARY = {DayKind.WORK, DayKind.WEEKEND}


@dataclass(frozen=True)
class Cell:
    day: Day

    @property
    def mark(self) -> str:
        return MARKS[self.day.kind]


@dataclass(frozen=True)
class Stretch:
    """Neighbouring days of a month that are not as the week has them: 1日—3日 元旦放假."""

    first: Day
    last: Day

    @property
    def dates(self) -> str:
        if self.first == self.last:
            return f"{self.first.date.day}日"
        return f"{self.first.date.day}—{self.last.date.day}日"

    @property
    def icon(self) -> str:
        return ICONS[self.first.kind]


@dataclass(frozen=True)
class Month:
    """``weeks`` of seven cells from Monday on, None outside the month."""

    number: int
    weeks: list[list[Cell | None]]
    stretches: list[Stretch]
    workdays: int


def month_of(known: Calendar, year: int, month: int) -> Month:
    weeks = [
        [Cell(known.day(date(year, month, day))) if day else None for day in week]
        for week in Weeks().monthdayscalendar(year, month)
    ]
    days = [cell.day for week in weeks for cell in week if cell]
    runs = groupby(days, key=lambda day: (day.kind, day.name))
    stretches = []
    for (kind, _), run in runs:
        if kind not in ORDINARY:
            listed = list(run)
            stretches.append(Stretch(listed[0], listed[-1]))
    return Month(month, weeks, stretches, sum(day.works for day in days))


def months_of(known: Calendar, year: int) -> list[Month]:
    return [month_of(known, year, month) for month in range(1, 13)]

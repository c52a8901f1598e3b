"""The calendar as a value: which days are working days, why, and how surely. Touches no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from portal.workcalendar.statute import days_off

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class DayKind(TextChoices):
    """What a day is to the offices."""

    WORK = "work", "工作日"
    MADE_UP = "made_up", "调休上班"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "放假"
    CLOSED = "closed", "本地停办"


WORKING = frozenset({DayKind.WORK, DayKind.MADE_UP})


@dataclass(frozen=True)
class Said:
    """What the latest notice that speaks of a day says of it."""

    works: bool
    name: str = ""
    is_local: bool = False


@dataclass(frozen=True)
class Day:
    """``name`` is the festival's, or what the closure is for. Provisional (暂定): the year's notice is
    not out, so that the day may yet become another."""

    date: date
    kind: DayKind
    name: str = ""
    is_provisional: bool = False

    @property
    def works(self) -> bool:
        return self.kind in WORKING

    @property
    def words(self) -> str:
        """工作日, 周末, 国庆节放假, 调休上班（国庆节）, 停办：…"""
        match self.kind:
            case DayKind.HOLIDAY if self.name:
                return self.name if self.name.endswith("补假") else f"{self.name}放假"
            case DayKind.MADE_UP if self.name:
                return f"调休上班（{self.name}）"
            case DayKind.CLOSED if self.name:
                return f"本地停办：{self.name}"
        return str(DayKind(self.kind).label)


class Calendar:
    """The days that notices speak of, and the years whose national notice is known (``settled``).

    All other days of a settled year follow the week; in a year without a notice the statute holds.
    """

    def __init__(self, said: Mapping[date, Said], settled: frozenset[int]):
        self.said, self.settled = said, settled

    def is_settled(self, year: int) -> bool:
        return year in self.settled

    def is_workday(self, day: date) -> bool:
        if (said := self.said.get(day)) is not None:
            return said.works
        if day.weekday() >= SATURDAY:
            return False
        return day.year in self.settled or day not in days_off(day.year)

    def day(self, day: date) -> Day:
        kind, name = self._kind(day)
        return Day(day, kind, name, day.year not in self.settled)

    def _kind(self, day: date) -> tuple[DayKind, str]:
        is_weekend, said = day.weekday() >= SATURDAY, self.said.get(day)
        if said is None:
            off = {} if day.year in self.settled else days_off(day.year)
            if day in off:
                return DayKind.HOLIDAY, off[day]
            return (DayKind.WEEKEND if is_weekend else DayKind.WORK), ""
        if said.works:
            return (DayKind.MADE_UP if is_weekend else DayKind.WORK), said.name
        if said.is_local:
            return DayKind.CLOSED, said.name
        # A notice that takes back what it said leaves a weekend without a festival's name.
        return (DayKind.WEEKEND if is_weekend and not said.name else DayKind.HOLIDAY), said.name

    def after(self, day: date, count: int) -> date:
        """The last of that many working days after ``day``, which itself does not count
        (民法典第二百零一条); ``day`` itself for none."""
        while count > 0:
            day += ONE_DAY
            count -= self.is_workday(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days come after ``first``, up to and including ``last``; negative where
        ``last`` comes before ``first``. ``between(d, after(d, n)) == n``."""
        if last < first:
            return -self.between(last, first)
        span = (last - first).days
        return sum(self.is_workday(first + timedelta(days=n)) for n in range(1, span + 1))

    def told(self, said: Mapping[date, Said], settles: int | None = None) -> "Calendar":
        """This calendar after a further notice; ``settles`` is the year that it is the notice of."""
        settled = self.settled if settles is None else self.settled | {settles}
        return Calendar({**self.said, **said}, settled)

"""Waste beside the same days of the year before, and by community; every number is read from the engine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.figures import engine
from portal.figures.engine import Reading
from portal.numbers import NOTHING, format_number, percent
from portal.periods import Period

HAULED = "sanitation.hauled"
COMPLETION = "sanitation.buyback_completion"


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - 1, day=28)


def base_of(period: Period, today: date) -> Period:
    """基期: the same days of the year before; of a period that still runs, up to today's day."""
    if period.start <= today < period.end:
        period = Period(period.start, today)
    elif ".." not in period.key:
        return Period.parse(f"{period.start.year - 1}{period.key[4:]}")
    return Period(_a_year_before(period.start), _a_year_before(period.end))


@dataclass(frozen=True)
class Change:
    """What was hauled in a period and in its base period."""

    now: Reading
    before: Reading

    @property
    def less(self) -> Decimal:
        """Tonnes less than in the base period; negative where it was more."""
        return Decimal(self.before.value) - Decimal(self.now.value)

    @property
    def rate(self) -> str:
        """减量率 = （基期 − 本期）÷ 基期."""
        return percent(self.less, self.before.value)

    @property
    def told(self) -> str:
        """In running text, with both values and both terms; "" where there is no base to compare with."""
        if not self.before.value:
            return ""
        base = f"比{self.before.period.label}的{self.before.full}"
        terms = f"（{_tonnes(self.less)}/{self.before.text}）"
        if self.less == 0:
            return f"{base}持平"
        word = "减少" if self.less > 0 else "增加"
        return f"{base}{word}{_tonnes(abs(self.less))}吨，减量率{self.rate}{terms}"


def _tonnes(value: Decimal) -> str:
    return format_number(value, places=3)


def change_of(units: Iterable[int], period: Period, base: Period) -> Change:
    return Change(engine.read(HAULED, units, period), engine.read(HAULED, units, base))


def changes_by_unit(units: Iterable[int], period: Period, base: Period) -> dict[int, Change]:
    units = list(units)
    now, before = (engine.by_unit(HAULED, units, span) for span in (period, base))
    return {unit: Change(now[unit], before[unit]) for unit in units}


def places_of(readings: dict[int, Reading]) -> dict[int, int | None]:
    """The place of each unit, the greatest value first; equal values share one, and who has none has no
    place."""
    values = [reading.value for reading in readings.values() if reading.value is not None]
    return {
        unit: None if reading.value is None else 1 + sum(v > reading.value for v in values)
        for unit, reading in readings.items()
    }


def told_place(place: int | None) -> str:
    return NOTHING if place is None else str(place)

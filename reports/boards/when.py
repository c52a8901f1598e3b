"""Of which period a board tells, and which one that is compared with. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from portal.periods import Period

TREND = 12  # months


class When(TextChoices):
    """The period a board begins with; one that still runs is told up to today."""

    YEAR = "year", "今年"
    QUARTER = "quarter", "本季度"
    MONTH = "month", "本月"
    LAST_MONTH = "last_month", "上月"
    LAST_QUARTER = "last_quarter", "上季度"
    LAST_YEAR = "last_year", "去年"

    def whole(self, today: date) -> Period:
        """The calendar period, whether it has ended or not."""
        quarter = (today.month + 2) // 3
        match self:
            case When.YEAR:
                return Period.year_of(today)
            case When.QUARTER:
                return Period.parse(f"{today.year}Q{quarter}")
            case When.MONTH:
                return Period.month_of(today)
            case When.LAST_MONTH:
                return Period.month_of(today).previous()
            case When.LAST_QUARTER:
                return Period.parse(f"{today.year}Q{quarter}").previous()
        return Period.year_of(today).previous()


class Against(TextChoices):
    """What the period is compared with."""

    YEAR_BEFORE = "year", "上年同期（同比）"
    BEFORE = "before", "上一时段（环比）"


def so_far(whole: Period, today: date) -> Period:
    """The period up to today while it runs; one that has ended, or not begun, as it is."""
    return Period(whole.start, today) if whole.start <= today < whole.end else whole


@dataclass(frozen=True)
class Span:
    """``period`` is read, ``earlier`` is read beside it, ``label`` is what people call the latter."""

    period: Period
    earlier: Period
    label: str
    runs: bool = False

    @classmethod
    def of(cls, whole: Period, against: str, today: date) -> "Span":
        """The whole period, or its part up to today with the same part of the period compared with."""
        period = so_far(whole, today)
        runs = period != whole
        if against == Against.BEFORE:
            earlier = _part(whole.previous(), period.days, runs)
            return cls(period, earlier, label_of(period, earlier), runs)
        return cls(period, period.compared(), period.compared_label, runs)

    @classmethod
    def between(cls, period: Period, earlier: Period) -> "Span":
        """Any two periods."""
        return cls(period, earlier, label_of(period, earlier))

    @property
    def months(self) -> list[Period]:
        """Twelve calendar months up to the period's last day; the last one ends on that day."""
        last = Period(self.period.end.replace(day=1), self.period.end)
        found = [last]
        while len(found) < TREND:
            found.insert(0, Period.month_of(found[0].start - timedelta(days=1)))
        return found


def label_of(period: Period, earlier: Period) -> str:
    """上年, 上年同期; of any other period its own name."""
    return period.compared_label if earlier == period.compared() else earlier.label


def _part(before: Period, days: int, runs: bool) -> Period:
    """As many days from the beginning as have passed of the present one."""
    if not runs:
        return before
    return Period(before.start, min(before.end, before.start + timedelta(days=days - 1)))

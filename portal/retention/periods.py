"""When a period of keeping is over, counted as the 民法典 counts years (art. 200–202): pure."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Kept:
    """``years`` after a day, or ``days``; the day itself does not count."""

    years: int = 0
    days: int = 0

    def last_day(self, begun: date) -> date:
        """The last day of the period; where its month has no such day, the last of that month."""
        if not self.years:
            return begun + timedelta(days=self.days)
        try:
            return begun.replace(year=begun.year + self.years)
        except ValueError:  # 29 February
            return begun.replace(year=begun.year + self.years, day=28)

    def first_kept(self, today: date) -> date:
        """What began before this day is due today; what began on it or later is still kept."""
        if not self.years:
            return today - timedelta(days=self.days)
        try:
            return today.replace(year=today.year - self.years)
        except ValueError:  # today is 29 February: all of that year's February is over
            return date(today.year - self.years, 3, 1)

    @property
    def words(self) -> str:
        return f"{self.years} 年" if self.years else f"{self.days} 日"

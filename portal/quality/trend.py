"""How a rule's number moved, drawn as a small line and told in words."""

from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT, EDGE = 96, 24, 2
POINTS = 12  # in the words; the line has them all


@dataclass(frozen=True)
class Trend:
    """The counted days, the last one being now. ``change`` is since a week ago, None without."""

    series: tuple[tuple[date, int], ...]

    @property
    def change(self) -> int | None:
        if not self.series:
            return None
        today, now = self.series[-1]
        before = [n for day, n in self.series[:-1] if day <= today - timedelta(days=7)]
        return now - before[-1] if before else None

    @property
    def change_text(self) -> str:
        match self.change:
            case None:
                return "暂无上周数"
            case 0:
                return "与上周持平"
            case more if more > 0:
                return f"比上周多 {more}"
            case fewer:
                return f"比上周少 {-fewer}"

    @property
    def tone(self) -> str:
        change = self.change or 0
        return "bad" if change > 0 else "good" if change < 0 else "neutral"

    @property
    def points(self) -> str:
        """The line in SVG coordinates; "" where there is nothing to draw."""
        if len(self.series) < 2:
            return ""
        first, last = self.series[0][0], self.series[-1][0]
        days = (last - first).days or 1
        highest = max(number for _, number in self.series) or 1
        width, height = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
        return " ".join(
            f"{EDGE + width * (day - first).days / days:.1f},"
            f"{EDGE + height * (1 - number / highest):.1f}"
            for day, number in self.series
        )

    @property
    def words(self) -> str:
        """What the line shows, for those who cannot see it."""
        step = max(1, len(self.series) // POINTS)
        told = [*self.series[:-1:step], *self.series[-1:]]
        return "、".join(f"{day:%m-%d} {number}" for day, number in told)


def trend_of(stored: list[tuple[date, int]], today: date, now: int) -> Trend:
    """The stored days before today, and what is counted now."""
    return Trend((*((day, n) for day, n in stored if day < today), (today, now)))

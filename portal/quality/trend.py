"""How a rule's number moved, drawn as a small line and told in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.charts import Chart, Kind, Series


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
    def chart(self) -> Chart | None:
        """The counted days as a line; None where there is nothing to draw."""
        if len(self.series) < 2:
            return None
        days = tuple(f"{day:%m-%d}" for day, _ in self.series)
        numbers = Series("记录", tuple(number for _, number in self.series))
        return Chart(Kind.SPARK, "各次统计", days, (numbers,), lead="日期")


def trend_of(stored: list[tuple[date, int]], today: date, now: int) -> Trend:
    """The stored days before today, and what is counted now."""
    return Trend((*((day, n) for day, n in stored if day < today), (today, now)))

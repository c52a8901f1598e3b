"""How many rows of each worklist fall due when, by unit: one statement for all lists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import BigIntegerField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from portal.counted_together import told_together
from portal.today.days import AHEAD, Horizon
from portal.today.enums import Due
from portal.worklists import Worklist, worklists

# Columns of the counted rows, beside those of their models.
DUE, PLACE = "today_due", "today_place"


@dataclass(frozen=True)
class Tally:
    """Rows of a list: all, those overdue, and those that fall on each of the seven days."""

    total: int = 0
    undated: int = 0
    overdue: int = 0
    days: tuple[int, ...] = (0,) * AHEAD

    def __add__(self, other: "Tally") -> "Tally":
        days = tuple(map(sum, zip(self.days, other.days, strict=True)))
        return Tally(
            self.total + other.total,
            self.undated + other.undated,
            self.overdue + other.overdue,
            days,
        )

    @property
    def today(self) -> int:
        return self.days[0]

    @property
    def week(self) -> int:
        """Of the days after today."""
        return sum(self.days[1:])

    @property
    def now(self) -> int:
        """To be done by the end of today."""
        return self.overdue + self.today

    @property
    def later(self) -> int:
        return self.total - self.undated - self.now - self.week

    def at(self, when: str, horizon: Horizon) -> int:
        """Of ``when``: a Due, an ISO day of the seven, or "" for all."""
        if not when:
            return self.total
        if when in Due.values:
            return getattr(self, when)
        return self.days[[day.isoformat() for day in horizon.days].index(when)]


def summed(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def marked(worklist: Worklist, rows: QuerySet) -> QuerySet:
    """The rows with their due date and the key of their unit, None where there is none."""
    due, place = (F(path) if path else Value(None) for path in (worklist.day, worklist.place))
    return rows.annotate(**{DUE: Cast(due, DateField()), PLACE: Cast(place, BigIntegerField())})


def tallies(asked: Mapping[str, QuerySet], horizon: Horizon) -> dict[str, dict[int | None, Tally]]:
    """By the code of each list and the key of the unit whose work it is."""

    def told(code):
        cuts = horizon.cuts(worklists[code].term)
        filters = [
            f"count(*) FILTER (WHERE {DUE} IS NULL)",
            f"count(*) FILTER (WHERE {DUE} <= %s)",
        ]
        values = [cuts[0]]
        for after, until in pairwise(cuts):
            filters.append(f"count(*) FILTER (WHERE {DUE} > %s AND {DUE} <= %s)")
            values += [after, until]
        return f"{PLACE}, count(*), {', '.join(filters)}", values

    ready = {code: marked(worklists[code], rows) for code, rows in asked.items()}
    found = defaultdict(dict)
    counted = told_together(
        ready, lambda rows: rows.values("pk", DUE, PLACE), told, group=f"GROUP BY {PLACE}"
    )
    for code, place, total, undated, overdue, *days in counted:
        found[code][place] = Tally(total, undated, overdue, tuple(days))
    return dict(found)

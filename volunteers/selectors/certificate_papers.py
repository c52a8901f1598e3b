"""The frozen words of a certificate as paper and verification page show them."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil

from portal import masks
from volunteers.selectors.hours import told_hours

# Of the first page: full-width characters that a line of each cell holds, the lines of the table of
# activities that it has room for, and what a row adds to its lines.
CELL = {"name": 11.5, "days_told": 7.5, "place": 9, "serves": 5.8, "what_told": 9.8}
A_PAGE, ROOMY = 29, 6
BESIDE = 0.25
WIDE, NAME_WIDE, SIGN_WIDE = 38, 15, 13
LARGER = 1.5  # a line of the other parts, in lines of that table
SHOWN_DAYS = 3


def _day(text: str) -> date:
    return date.fromisoformat(text)


def told_days(days: list[date]) -> str:
    """2025-03-08; 2025-03-08、03-15; from four on 2025-03-08 至 2025-05-30，共 9 天."""
    found = sorted(set(days))
    if len(found) > SHOWN_DAYS:
        return f"{found[0]} 至 {found[-1]}，共 {len(found)} 天"
    return every_day(found)


def every_day(days: list[date]) -> str:
    told, year = [], None
    for day in sorted(set(days)):
        told.append(f"{day:%m-%d}" if day.year == year else str(day))
        year = day.year
    return "、".join(told)


@dataclass(frozen=True)
class Line:
    """One activity, or several of one name and place."""

    name: str
    kind: str
    place: str
    serves: str
    what: list[str]
    days: list[date]
    minutes: int

    times = property(lambda self: len(self.days))
    hours = property(lambda self: told_hours(self.minutes))
    days_told = property(lambda self: told_days(self.days))
    every_day = property(lambda self: every_day(self.days))
    what_told = property(lambda self: "；".join(self.what))

    @property
    def height(self) -> int:
        """In lines of its row."""
        return max(max(1, ceil(_width(getattr(self, name)) / wide)) for name, wide in CELL.items())


def _width(text: str) -> float:
    """In full-width characters."""
    return sum(
        1 if ord(character) > 0x2E7F or character in "，；、" else 0.55 for character in text
    )


@dataclass(frozen=True)
class KindLine:
    """All activities of one kind, for the first page of a certificate with an annex."""

    kind: str
    activities: int
    times: int
    hours: str


class Paper:
    """What the paper says; ``content`` is the frozen JSON, and its texts are attributes of the same name."""

    def __init__(self, content: str):
        self.data = json.loads(content)

    def __getattr__(self, name):
        try:
            return self.__dict__["data"][name]
        except KeyError:
            raise AttributeError(name) from None

    masked_id = property(lambda self: masks.mask_id(self.data["id_number"]))
    hours = property(lambda self: told_hours(self.data["minutes"]))
    issued_day = property(lambda self: _day(self.data["issued_on"]))
    first_day = property(lambda self: _day(self.data["starts_on"]))
    last_day = property(lambda self: _day(self.data["ends_on"]))

    @cached_property
    def lines(self) -> list[Line]:
        return [
            Line(**line | {"days": [_day(day) for day in line["days"]]})
            for line in self.data["services"]
        ]

    @property
    def times(self) -> int:
        return len([day for line in self.lines for day in line.days])

    @property
    def kinds(self) -> list[KindLine]:
        """By kind of activity, that of most time first."""
        by_kind: dict[str, list[Line]] = {}
        for line in self.lines:
            by_kind.setdefault(line.kind, []).append(line)
        minutes = {kind: sum(line.minutes for line in lines) for kind, lines in by_kind.items()}
        return [
            KindLine(
                kind,
                len(by_kind[kind]),
                sum(line.times for line in by_kind[kind]),
                told_hours(minutes[kind]),
            )
            for kind in sorted(by_kind, key=lambda kind: -minutes[kind])
        ]

    @property
    def training_told(self) -> str:
        """内容、组织者、日期、地点、学时 of each."""
        told = []
        for row in self.data["trainings"]:
            parts = [row["day"], row["title"], row["organiser"], row["place"]]
            hours = f"{row['hours']} 学时" if row["hours"] else ""
            told.append(" ".join(filter(None, (*parts, hours))))
        return "；".join(told) or "无"

    @property
    def awards_told(self) -> str:
        rows = self.data["awards"]
        told = [f"{row['day']} {row['name']}（{row['grantor']}）" for row in rows]
        return "；".join(told) or "无"

    @property
    def evaluations_told(self) -> str:
        return "；".join(self.data["evaluations"]) or "无"

    @property
    def _height(self) -> float:
        """Of what varies on the first page, in lines of its table of activities."""
        whole = (
            self.purpose,
            self.training_told,
            self.awards_told,
            self.evaluations_told,
            self.note,
        )
        more = sum(_further_lines(text, WIDE) for text in whole)
        more += _further_lines(self.name, NAME_WIDE)
        more += sum(_further_lines(text, SIGN_WIDE) for text in (self.manager, self.clerk))
        return more * LARGER + self._rows

    @property
    def _rows(self) -> float:
        return sum(line.height + BESIDE for line in self.lines)

    @property
    def has_annex(self) -> bool:
        """Whether the activities do not fit on the first page: then an annex lists them."""
        return self._height > A_PAGE

    @property
    def is_roomy(self) -> bool:
        """Whether the first page has room for larger letters."""
        if self.has_annex:
            return self._height - self._rows + len(self.kinds) * LARGER <= ROOMY
        return self._height <= ROOMY


def _further_lines(text: str, wide: int) -> int:
    return max(ceil(_width(text) / wide) - 1, 0)

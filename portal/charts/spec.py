"""What a chart shows, and nothing of how it looks. Pure: no database, no request.

The numbers are those of figures, as they were read; a chart never sums, rounds or sorts them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from portal.charts.outlines import Outline
from portal.charts.words import description, printable
from portal.numbers import format_number

Number = int | float | Decimal
WIDTH, NARROW = 560, 300  # CSS pixels for which a picture is laid out: half a page, a phone


class Kind(StrEnum):
    BAR = "bar"  # standing; lying where there are many or their names are long
    LINE = "line"
    STACKED = "stacked"  # bars of parts: the series are the parts
    HEAT = "heat"  # a table: categories are its columns, series its rows
    MULTIPLES = "multiples"  # a small picture for each series, all to one scale
    CALENDAR = "calendar"  # categories are days as 2025-03-01
    PYRAMID = "pyramid"  # categories are ages from the youngest on; two series, left and right
    MATRIX = "matrix"  # as heat, with the sums in the last row and the last column
    RANKING = "ranking"  # values are places, 1 at the top; categories are periods
    PLAN = "plan"  # categories are places, drawn by their ``outlines``
    SPARK = "spark"  # a tiny trend of one series, without axes


@dataclass(frozen=True)
class Series:
    """Numbers under one name, one for each category; None is a number that there is not ("—").

    ``texts`` are the numbers as they are printed, by default as ``format_number`` does it. ``urls`` open
    the records behind them: paths of this site, or "" where there is nothing to open. Raises ValueError
    for numbers that are not finite, for another count of texts or urls, and for other addresses.
    """

    name: str
    values: tuple[Number | None, ...]
    urls: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def __post_init__(self):
        for value in self.values:
            if value is not None and not math.isfinite(value):
                raise ValueError(f"{self.name}: {value} is no number to draw")
        for given in (self.urls, self.texts):
            if given and len(given) != len(self.values):
                raise ValueError(f"{self.name}: {len(given)} beside {len(self.values)} values")
        for url in self.urls:
            if url and (url[0] not in "/?#" or url.startswith(("//", "/\\"))):
                raise ValueError(f"{url!r} is no address of this site")

    @classmethod
    def of(cls, name: str, found: Iterable[tuple[object, str]]) -> "Series":
        """Of (reading, address) of a figure."""
        found = list(found)
        return cls(
            name,
            tuple(reading.value for reading, _ in found),
            tuple(url for _, url in found),
            tuple(reading.text for reading, _ in found),
        )

    def text(self, index: int) -> str:
        return self.texts[index] if self.texts else format_number(self.values[index])

    def url(self, index: int) -> str:
        return self.urls[index] if self.urls else ""


@dataclass(frozen=True)
class Cell:
    text: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the table behind the picture."""

    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Chart:
    """One chart. ``measure`` is the word after each number, ``lead`` the head of the table's first column.

    ``subtitle`` says of whom and when, ``note`` how to read it, ``as_of`` up to when the records were
    counted, as a text. ``outlines`` draw the categories of a plan. Raises ValueError where series and
    categories do not fit each other or the kind.
    """

    kind: Kind | str
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    measure: str = ""
    subtitle: str = ""
    note: str = ""
    as_of: str = ""
    lead: str = "项目"
    outlines: tuple[Outline, ...] = field(default=(), repr=False)
    per_column: bool = False  # each column of a heat table is shaded for itself

    def __post_init__(self):
        kind = Kind(self.kind)
        object.__setattr__(self, "kind", kind)
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(
                    f"{series.name}: {len(series.values)} values of {len(self.categories)}"
                )
        count = len(self.series)
        if kind is Kind.PYRAMID and count != 2:
            raise ValueError(f"a pyramid has two sides, not {count}")
        if kind is Kind.CALENDAR:
            for name in self.categories:
                date.fromisoformat(name)
        if kind in (Kind.PLAN, Kind.CALENDAR, Kind.SPARK) and count > 1:
            raise ValueError(f"{kind} draws one series, not {count}")
        if kind is Kind.PLAN and len(self.outlines) != len(self.categories):
            raise ValueError(f"{len(self.outlines)} outlines of {len(self.categories)} places")

    @property
    def is_empty(self) -> bool:
        """There is no number at all; zeros are numbers."""
        return all(value is None for series in self.series for value in series.values)

    @property
    def across(self) -> bool:
        """The table behind it has a row for each series, as the picture has."""
        return self.kind in (Kind.HEAT, Kind.MATRIX)

    @property
    def heads(self) -> list[str]:
        """The heads of the table, that of the row names first."""
        names = self.categories if self.across else [series.name for series in self.series]
        return [self.lead, *names]

    @property
    def lines(self) -> list[Line]:
        """Every number with its address, names whole."""
        if self.across:
            return [
                Line(series.name, [self.cell(series, i) for i in range(len(self.categories))])
                for series in self.series
            ]
        return [
            Line(name, [self.cell(series, index) for series in self.series])
            for index, name in enumerate(self.categories)
        ]

    def cell(self, series: Series, index: int) -> Cell:
        return Cell(series.text(index), series.url(index))

    @cached_property
    def told(self) -> str:
        """The picture in words, for who does not see it."""
        return description(self)

    def spec(self, *, size: int = 13, width: int = WIDTH) -> dict:
        """What draws it, ready for JSON: ``option`` of ECharts without functions and with colours by name
        (see ``static/js/chart-spec.js``), the names in full, the map of a plan, the height it wants.

        ``size`` is that of its letters and ``width`` what it is laid out for, in CSS pixels.
        """
        # Builders ask for the chart's class, so they are loaded when the first chart is drawn.
        from portal.charts.options import built

        return built(self, size=size, width=width)

    def option(self, *, size: int = 13, width: int = WIDTH) -> dict:
        """The ECharts option alone."""
        return self.spec(size=size, width=width)["option"]

    @property
    def full_title(self) -> str:
        return printable(f"{self.title}（{self.measure}）" if self.measure else self.title)

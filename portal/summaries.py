"""总结: outlines and what is told in their parts, declared by the apps in ``<app>/summaries.py``.

Text holds figures as tokens: ``{disability.visits}`` tells the number with its measure (a ratio with
its terms), ``{disability.visits#}`` the bare number; ``{disability.visits@previous}`` tells the number of
the period that this one is compared with, ``{disability.visits@change}`` what became of it. The words
around them are plain text and are never evaluated. ``reports`` composes, checks, issues and prints what
is declared here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from portal.models import Unit, UnitGroup
from portal.models.units import UnitKind
from portal.periods import Period
from portal.registry import Registry
from portal.scope import below

ABOVE_COMMUNITIES = frozenset({UnitKind.STREET, UnitKind.DISTRICT})


@dataclass(frozen=True)
class Part:
    """One numbered part of an outline; printed only when something is told in it."""

    key: str
    heading: str


@dataclass(frozen=True)
class Outline:
    """One kind of summary: the letter of domain §7.11, its title words, parts and domain.

    ``also`` are further domains whose records it tells of: whoever reads it sees them all. One that
    ``rolls_up`` joins the work of several communities and is told of a street, a district or a group.
    """

    kind: str
    name: str
    domain: str
    parts: tuple[Part, ...]
    also: tuple[str, ...] = ()
    rolls_up: bool = False

    @property
    def domains(self) -> tuple[str, ...]:
        return (self.domain, *self.also)

    def suits(self, unit: Unit, group: UnitGroup | None = None) -> bool:
        """Whether it can be told of this unit, or of this group of communities."""
        return not self.rolls_up or group is not None or unit.kind in ABOVE_COMMUNITIES


@dataclass(frozen=True)
class Telling:
    """For whom and when a text is composed. ``units`` are the unit and all below it, or of a ``group``
    of its communities those and all below them."""

    unit: Unit
    units: frozenset[int]
    period: Period
    group: UnitGroup | None = None

    @classmethod
    def of(cls, unit: Unit, period: Period, group: UnitGroup | None = None) -> "Telling":
        return cls(unit, below(group.members if group else [unit.pk]), period, group)

    @property
    def name(self) -> str:
        """The unit's name at the period's end, or the group's."""
        return self.group.name if self.group else self.unit.name_on(self.period.end)

    @property
    def earlier(self) -> "Telling":
        """The same, told of the period that this one is compared with."""
        return replace(self, period=self.period.compared())


@dataclass(frozen=True)
class Paragraph:
    """Something told in ``part`` of ``outline``; declared paragraphs stand in ``order``."""

    outline: str
    part: str
    order: int


@dataclass(frozen=True)
class Sentence(Paragraph):
    """A text with figure tokens. ``when`` names figures of which one must not be zero, else the
    sentence is left out; without ``when`` it is always told."""

    text: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True)
class Narrative(Paragraph):
    """Sentences made from records: ``compose`` returns texts in the order of events."""

    compose: Callable[[Telling], Iterable[str]]


@dataclass(frozen=True)
class FigureTable(Paragraph):
    """A table of figures (columns) by month, by unit or by a category of them all (rows), with a total
    row. ``chart`` is the one of ``codes`` whose rows are also drawn, as bars below the table.

    Of a table by unit ``rank`` is the one of ``codes`` by which the units below are ranked, the greatest
    first or with ``least_first`` the least; a share of fewer than ``sample`` gets no rank. With
    ``compare`` a last column says how ``rank`` (else the first of ``codes``) changed since the period
    that this one is compared with, where anything was counted then.
    """

    title: str
    codes: tuple[str, ...]
    by: str = "month"
    chart: str = ""
    rank: str = field(default="", kw_only=True)
    least_first: bool = field(default=False, kw_only=True)
    sample: int = field(default=5, kw_only=True)
    compare: bool = field(default=False, kw_only=True)

    def __post_init__(self):
        for column in filter(None, (self.chart, self.rank)):
            if column not in self.codes:
                raise ValueError(
                    f"{self.title}: {column} is no column that could be drawn or ranked"
                )
        if (self.rank or self.compare) and self.by != "unit":
            raise ValueError(f"{self.title}: only units are ranked and compared")

    @property
    def compared(self) -> str:
        """The column whose change is told; "" without ``compare``."""
        return (self.rank or self.codes[0]) if self.compare else ""


@dataclass(frozen=True)
class CategoryTable(FigureTable):
    """A table of one figure: the choices of one category by those of another, with sums of both sides
    that are counted for themselves. ``lead`` is the head of the first column."""

    by: str = "category"
    rows: str = field(kw_only=True)
    columns: str = field(kw_only=True)
    lead: str = field(kw_only=True)

    def __post_init__(self):
        if self.chart:
            raise ValueError(f"{self.title}: a crossed table has no column to draw")


@dataclass(frozen=True)
class RecordTable(FigureTable):
    """A table of what no figure counts, as ranks are: ``compose`` returns the rows, made from records, and
    the last row; nothing is told where it returns no rows, or where none of ``codes`` counts anything."""

    by: str = "records"
    headers: tuple[str, ...] = field(kw_only=True)
    note: str = field(default="", kw_only=True)
    compose: Callable[[Telling], tuple[list[tuple[str, ...]], tuple[str, ...]]] = field(
        kw_only=True
    )


@dataclass(frozen=True)
class Phrase:
    """A standing sentence that editors of an outline may put in; nothing tells it by itself."""

    outline: str
    text: str


@dataclass(frozen=True)
class Unmeasured:
    """A figure that counts records behind an outline on which an amount was not written down: while there
    are any, sums of money tell less than there was."""

    outline: str
    code: str


class OutlineRegistry(Registry[Outline]):
    """Outlines by kind; paragraphs may be added by any app, also by one that has no outline."""

    def __init__(self):
        super().__init__("summaries")
        self.paragraphs: list[Paragraph] = []
        self.phrases: list[Phrase] = []
        self.unmeasured: list[Unmeasured] = []

    def told_in(self, kind: str, part: str) -> list[Paragraph]:
        """What is told in one part, in order."""
        if self.get(kind) is None:
            return []
        found = [p for p in self.paragraphs if (p.outline, p.part) == (kind, part)]
        return sorted(found, key=lambda p: p.order)

    def phrases_of(self, kind: str) -> list[str]:
        return [phrase.text for phrase in self.phrases if phrase.outline == kind]

    def unmeasured_of(self, kind: str) -> list[str]:
        return [each.code for each in self.unmeasured if each.outline == kind]


outlines = OutlineRegistry()


def register(*declared: Outline | Paragraph | Phrase | Unmeasured) -> None:
    for item in declared:
        if isinstance(item, Outline):
            outlines.add(item.kind, item)
        elif isinstance(item, Phrase):
            outlines.phrases.append(item)
        elif isinstance(item, Unmeasured):
            outlines.unmeasured.append(item)
        else:
            outlines.paragraphs.append(item)

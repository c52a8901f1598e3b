"""What an app tells the import about its ledgers, in its ``imports.py``: other names, other words,
and targets that one sheet fills together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.registry import Registry

EVERY_LEDGER = "*"


@dataclass(frozen=True)
class Dialect:
    """How offices write what a model's ledgers hold.

    ``labels``: other names of a column, by our label. ``words``: other words of a choice, by our
    label: {theirs: ours}. ``pivots`` propose how a sheet with data in its headings is read.
    ``finish(row)`` reads what needs several cells of a row: it may fill
    ``row.data``, settle a fault and leave notes; it never looks anything up.
    """

    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pivots: tuple["PivotHint", ...] = ()
    finish: Callable | None = None


@dataclass(frozen=True)
class PivotHint:
    """``heading`` is our label of what the headings hold, ``value`` of what stands below them;
    ``second`` of a second header row, ``blank`` what an empty cell stands for."""

    heading: str
    value: str
    second: str = ""
    blank: str = ""


@dataclass(frozen=True)
class Part:
    """One ledger's share of a combined row.

    ``columns`` are its labels, all but those that the resolver of an earlier part's record needs
    when empty. ``given`` says which form field gets the record of which earlier part. ``rename``
    tells parts apart that share a label: {the ledger's label: the label in this target}.
    ``derive(data, row, records)`` fills form data that follows from the other parts.
    ``skip(row)`` is true for a row that has nothing for this part.
    """

    name: str
    ledger: str
    columns: Sequence[str] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    derive: Callable | None = None
    skip: Callable | None = None
    form: Callable | None = None  # wraps the ledger's form class where a sheet knows less


@dataclass(frozen=True)
class Combined:
    """A sheet each row of which becomes records of several ledgers, in the order of the parts.

    ``offered`` are the ledgers whose import page proposes it. ``labels`` and ``words`` come
    before those of the parts' dialects. ``dated`` are labels of days that default to the day on
    which the sheet says it was filled in. ``carried`` are labels whose blank cells mean the same as
    the row above. With ``group`` (a Group) rows of one key stand or fall together.
    """

    code: str
    title: str
    parts: tuple[Part, ...]
    offered: tuple[str, ...]
    required: tuple[str, ...] = ()
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dated: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    group: "Group | None" = None
    finish: Callable | None = None


@dataclass(frozen=True)
class Group:
    """Rows of one ``label`` (户编号) need exactly one for which ``leads(row)`` is true; a clerk may
    choose it, then ``lead(row, is_lead)`` writes the choice into the row."""

    label: str
    noun: str
    leads: Callable
    lead: Callable
    missing: str
    several: str


dialects: Registry[Dialect] = Registry("imports")
combined: Registry[Combined] = Registry("imports")


def speak(model, **dialect) -> None:
    """Declare the dialect of a model's ledgers; of EVERY_LEDGER for all of them."""
    dialects.add(model if model == EVERY_LEDGER else model._meta.label, Dialect(**dialect))


def combine(declared: Combined) -> Combined:
    return combined.add(declared.code, declared)


def dialects_of(model) -> list[Dialect]:
    """The model's own before what holds everywhere."""
    found = (dialects.get(model._meta.label), dialects.get(EVERY_LEDGER))
    return [dialect for dialect in found if dialect]

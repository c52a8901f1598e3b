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
    """One ledger's share of a combined row, stored through the ledger's own form.

    ``columns`` are the ledger's labels that the sheet may fill, ``rename`` what this target calls
    them: {the ledger's label: the target's}. ``given`` says which form field gets the record of
    which earlier part. ``derive(data, row, records)`` fills form data that follows from the rest of
    the row. ``form`` wraps the ledger's form class where a sheet knows less than a form asks.
    With ``once`` all rows of a group share the record.
    """

    name: str
    ledger: str
    columns: Sequence[str]
    given: Mapping[str, str] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    derive: Callable | None = None
    form: Callable | None = None
    once: bool = False


@dataclass(frozen=True)
class Group:
    """Rows with the same cell under ``label`` (户编号) need exactly one that leads them.

    ``leads(row)`` tells whether a row says it does; ``lead(row)`` makes it, where the clerk chose
    it. ``missing`` and ``several`` are what to say otherwise, with {key} and {rows}.
    """

    label: str
    leads: Callable
    lead: Callable
    name: Callable  # how the row is called in the choice
    missing: str
    several: str


@dataclass(frozen=True)
class Combined:
    """A sheet each row of which becomes records of several ledgers, in the order of the parts.

    ``offered`` are the ledgers whose import page proposes it; ``counted`` is the part whose
    records are the rows. ``labels`` and ``words`` come before those of the ledgers' dialects.
    ``dated`` are labels of days that default to the day on which the sheet says it was filled in.
    ``carried`` are labels whose blank cells mean the same as in the row above. With ``group`` rows
    of one key stand or fall with the one that leads them. ``finish`` is as in a dialect.
    """

    code: str
    title: str
    parts: tuple[Part, ...]
    offered: tuple[str, ...]
    counted: str
    required: tuple[str, ...] = ()
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dated: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    group: Group | None = None
    finish: Callable | None = None


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

"""Why a street's figure is not the sum of its communities': record by record, person by person. Reads
nothing but what the registers know of persons.

``effect`` is what a difference adds to the street's number beyond the sum, in the measure of single
records (minutes of hours).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import TextChoices

from portal.crossings import CrossingKind, Reason, reasons
from portal.figures.by_row import CountedRow
from portal.figures.declare import Counted
from portal.figures.values import Rows
from portal.periods import Period
from reports.branches import Branch
from reports.rollup.counting import counts_persons, model_of_key, taken_apart


class DifferenceKind(TextChoices):
    """What makes a difference; those of persons follow from ``portal.crossings``."""

    MERGED = CrossingKind.MERGED.value, "合并了重复档案"
    MOVED = CrossingKind.MOVED.value, "迁移"
    SPLIT = CrossingKind.SPLIT.value, "人户分离"
    DEAD = CrossingKind.DEAD.value, "去世"
    TWICE = "twice", "几个社区都计入"
    OWN = "own", "本级登记"
    JOINED = "joined", "签发后新计入"
    GONE = "gone", "签发后不再计入"
    EDITED = "edited", "签发后修改"


Kind = DifferenceKind


@dataclass(frozen=True)
class Difference:
    """``key`` is that of a person (``of_person``) or of a record; ``where`` are the parties concerned."""

    why: DifferenceKind
    effect: int | Decimal
    key: str
    of_person: bool
    where: tuple[Branch, ...]
    words: str = ""


def differences(
    figure: Counted,
    period: Period,
    found: Sequence[Branch],
    rows: Sequence[CountedRow],
    signed: Mapping[Branch, Mapping[int, CountedRow]],
) -> list[Difference]:
    """``found`` are the parties, ``rows`` all that counts for the street now, ``signed`` by party what
    counted when it signed."""
    match figure.value.rows:
        case Rows.HIGHEST:  # the days of a period: every unit has the same ones
            return []
        case Rows.ADD:
            return [*_records_since(signed, rows), *_records_twice(found, rows)]
    told = [*_persons_since(signed, rows), *_persons_twice(found, rows)]
    return _explained(figure, period, told)


# --- sums ---------------------------------------------------------------------------------------------
def _records_since(signed, rows) -> Iterator[Difference]:
    """From each party as it signed to the same as it counts now."""
    for party, then in signed.items():
        now = {row.pk: row for row in rows if row.unit in party.units}
        for pk in sorted(then.keys() | now.keys()):
            effect = _measure(now.get(pk)) - _measure(then.get(pk))
            why = (
                Kind.EDITED
                if pk in then and pk in now
                else Kind.GONE
                if pk in then
                else Kind.JOINED
            )
            if effect:
                yield Difference(why, effect, str(pk), False, (party,))


def _measure(row: CountedRow | None) -> int | Decimal:
    return row.measure if row else 0


def _records_twice(found, rows) -> Iterator[Difference]:
    """A record lies in one unit; it counts twice only where two parties took that unit over."""
    for row in rows:
        where = tuple(branch for branch in found if row.unit in branch.units)
        if not row.measure:
            continue
        if any(branch.own for branch in where):
            yield Difference(Kind.OWN, row.measure, str(row.pk), False, where)
        elif len(where) > 1:
            yield Difference(Kind.TWICE, row.measure * (1 - len(where)), str(row.pk), False, where)


# --- persons --------------------------------------------------------------------------------------------
def _persons_since(signed, rows) -> Iterator[Difference]:
    for party, then in signed.items():
        had = {key for row in then.values() for key in row.keys}
        have = {key for row in rows if row.unit in party.units for key in row.keys}
        for key in sorted(had ^ have):
            came = key in have
            why, effect = (Kind.JOINED, 1) if came else (Kind.GONE, -1)
            yield Difference(why, effect, key, True, (party,))


def _persons_twice(found, rows) -> Iterator[Difference]:
    """Whom several communities count, and whom the street alone does."""
    units = defaultdict(set)
    for row in rows:
        for key in row.keys:
            units[key].add(row.unit)
    for key, counted_in in sorted(units.items()):
        where = tuple(branch for branch in found if branch.units & counted_in)
        below = tuple(branch for branch in where if not branch.own)
        if not below:
            yield Difference(Kind.OWN, 1, key, True, where)
        elif len(below) > 1:
            yield Difference(Kind.TWICE, 1 - len(below), key, True, below)


def _explained(figure: Counted, period: Period, told: Iterable[Difference]) -> list[Difference]:
    """With what the register knows of those who count twice or no longer; who came needs no reason."""
    told, model = list(told), model_of_key(figure)
    if model is None or not counts_persons(figure):
        return told
    asked = {
        taken_apart(figure, each.key)[0] for each in told if each.why in {Kind.TWICE, Kind.GONE}
    }
    keys = [int(key) for key in asked if key.isdigit()]
    known = reasons(model._meta.label_lower, keys, period)
    return [_with_reason(figure, each, known) for each in told]


def _with_reason(figure, each: Difference, known: Mapping[int, list[Reason]]) -> Difference:
    key, _ = taken_apart(figure, each.key)
    found = known.get(int(key), []) if key.isdigit() else []
    if not found or each.why not in {Kind.TWICE, Kind.GONE}:
        return each
    words = "；".join(reason.words for reason in found)
    return replace(each, why=Kind(found[0].why.value), words=words)

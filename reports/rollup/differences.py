"""Why a street's figure is not the sum of its communities': record by record, person by person.

``effect`` is what a difference adds to the street's number beyond the sum.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, TextChoices

from portal.crossings import CrossingKind, Reason, reasons
from portal.figures import Count as RowCount
from portal.figures.declare import Counted
from portal.figures.engine import evidence
from portal.summaries import Telling
from reports.branches import Branch
from reports.models import EvidenceRow, Issue
from reports.rollup.counting import (
    counts_days,
    counts_persons,
    key_paths,
    keyed,
    keys_of,
    measures,
    model_of_key,
)


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


@dataclass(frozen=True)
class Difference:
    """``key`` is that of a person (``of_person``) or a record; ``where`` are the parties concerned."""

    why: DifferenceKind
    effect: int | Decimal
    key: tuple
    of_person: bool
    where: tuple[Branch, ...]
    words: str = ""


@dataclass(frozen=True)
class Signed:
    """What a party signed for: ``rows`` are the records counted, with their versions then."""

    issue: Issue
    value: int | Decimal
    rows: Mapping[int, int]


# --- between the communities as they count now, and the street as it counts now ---------------------
def overlapping(figure: Counted, telling: Telling, found: Sequence[Branch]) -> Iterator[Difference]:
    """What the street recorded itself, and what several of the parties count."""
    if counts_days(figure):
        return
    rows = evidence(figure.code, telling.units, telling.period)
    if counts_persons(figure):
        yield from _persons(figure, telling, found, rows)
    else:
        yield from _records(figure, telling, found, rows)


def _persons(figure, telling, found, rows) -> Iterator[Difference]:
    several = _several(figure, found, rows)
    told = _known(figure, several, telling)
    for key, where in several.items():
        below = tuple(branch for branch in where if not branch.own)
        if not below:
            yield Difference(DifferenceKind.OWN, 1, key, True, where)
        elif len(below) > 1:
            yield _explain(
                Difference(DifferenceKind.TWICE, 1 - len(below), key, True, below), told[key]
            )


def _several(figure, found, rows) -> dict[tuple, tuple[Branch, ...]]:
    """Where those persons are counted that more than one unit counts, or one of several parties, or the
    street itself."""
    paths = key_paths(figure)
    rows = keyed(figure, rows)
    shares = Counter(unit for branch in found for unit in branch.units)
    apart = [unit for unit, times in shares.items() if times > 1]
    apart += [unit for branch in found if branch.own for unit in branch.units]
    spread = rows.values(*paths).annotate(_units=Count(figure.unit, distinct=True))
    keys = set(spread.filter(_units__gt=1).values_list(*paths))
    if apart:
        keys |= keys_of(figure, rows.filter(**{f"{figure.unit}__in": apart}))
    firsts = {key[0] for key in keys}
    pairs = rows.filter(**{f"{paths[0]}__in": firsts}).values_list(figure.unit, *paths).distinct()
    units = defaultdict(set)
    for unit, *key in pairs if keys else ():
        units[tuple(key)].add(unit)
    return {
        key: tuple(branch for branch in found if branch.units & units[key])
        for key in sorted(keys, key=str)
    }


def _records(figure, telling, found, rows) -> Iterator[Difference]:
    """A record lies in one unit; it counts twice only where two parties took that unit over."""
    shares = Counter(unit for branch in found for unit in branch.units)
    for branch in found:
        if branch.own:
            mine = rows.filter(**{f"{figure.unit}__in": branch.units})
            for pk, value in measures(figure, mine, telling.period).items():
                yield Difference(DifferenceKind.OWN, value, (pk,), False, (branch,))
    for unit in (unit for unit, times in shares.items() if times > 1):
        where = tuple(branch for branch in found if unit in branch.units)
        theirs = rows.filter(**{figure.unit: unit})
        for pk, value in measures(figure, theirs, telling.period).items():
            yield Difference(DifferenceKind.TWICE, value * (1 - len(where)), (pk,), False, where)


# --- between the communities as they signed, and as they count now ----------------------------------
def since_issued(
    figure: Counted, signed: Mapping[Branch, Signed], telling: Telling
) -> Iterator[Difference]:
    """What joined, left or changed since each party signed."""
    if counts_days(figure) or not signed:
        return
    units = frozenset().union(*(party.units for party in signed))
    rows = evidence(figure.code, units, telling.period)
    changes = _persons_since if counts_persons(figure) else _records_since
    yield from changes(figure, signed, telling, rows)


def _persons_since(figure, signed, telling, rows) -> Iterator[Difference]:
    before, now = defaultdict(set), defaultdict(set)
    frozen = {pk for each in signed.values() for pk in each.rows}
    kept = keyed(figure, figure.model._default_manager.filter(pk__in=frozen))
    behind = defaultdict(set)
    for pk, *key in kept.values_list("pk", *key_paths(figure)):
        behind[pk].add(tuple(key))
    pairs = keyed(figure, rows).values_list(figure.unit, *key_paths(figure)).distinct()
    for unit, *key in pairs:
        for party in signed:
            if unit in party.units:
                now[party].add(tuple(key))
    found = []
    for party, each in signed.items():
        before[party] = set().union(*(behind[pk] for pk in each.rows))
        changed = [(key, DifferenceKind.JOINED, 1) for key in now[party] - before[party]]
        changed += [(key, DifferenceKind.GONE, -1) for key in before[party] - now[party]]
        found += [Difference(why, n, key, True, (party,)) for key, why, n in changed]
        found += _merged_since(figure, telling, party, before[party], each.value)
    told = _known(figure, (each.key for each in found), telling)
    for each in sorted(found, key=lambda each: (each.where[0].pk, str(each.key))):
        yield _explain(each, told[each.key]) if each.why is DifferenceKind.GONE else each


def _merged_since(figure, telling, party, before, signed) -> Iterator[Difference]:
    """Persons who were signed for as several, because they had as many records then."""
    fewer = signed - len(before)
    told = _known(figure, sorted(before, key=str), telling) if fewer > 0 else {}
    for key, known in told.items():
        twins = [reason for reason in known if reason.why is CrossingKind.MERGED][:fewer]
        fewer -= len(twins)
        if twins:
            words = "；".join(reason.words for reason in twins)
            yield Difference(DifferenceKind.MERGED, -len(twins), key, True, (party,), words)


def _records_since(figure, signed, telling, rows) -> Iterator[Difference]:
    now = measures(figure, rows, telling.period)
    versions = _versions(figure, rows)
    issues = [each.issue.pk for each in signed.values()]
    kept = EvidenceRow.objects.filter(issue__in=issues, code=figure.code)
    measured = {(i, pk): m for i, pk, m in kept.values_list("issue", "record_id", "measure")}
    unit_of = {pk: unit for pk, (unit, _) in versions.items()}
    for party, each in signed.items():
        here = {pk for pk, unit in unit_of.items() if unit in party.units}
        for pk in sorted({*each.rows, *here}):
            was, is_now = pk in each.rows, pk in here
            if was and is_now and each.rows[pk] == versions[pk][1]:
                continue
            old = _added_then(figure, measured.get((each.issue.pk, pk))) if was else 0
            effect = 0 if old is None else (now.get(pk, 0) if is_now else 0) - old
            why = (
                DifferenceKind.EDITED
                if was and is_now
                else DifferenceKind.GONE
                if was
                else DifferenceKind.JOINED
            )
            if effect:
                yield Difference(why, effect, (pk,), False, (party,))


def _versions(figure, rows) -> dict[int, tuple[int, int]]:
    """By record its unit and version; version 0 where a model has none."""
    versioned = any(field.name == "version" for field in figure.model._meta.concrete_fields)
    paths = ("pk", figure.unit, *(["version"] if versioned else []))
    return {pk: (unit, (*rest, 0)[0]) for pk, unit, *rest in rows.order_by().values_list(*paths)}


def _added_then(figure, measure: Decimal | None) -> int | Decimal | None:
    """What a record added when it was signed for; None where that is not known."""
    if measure is None:
        return 1 if type(figure.value) is RowCount else None
    whole = measure.to_integral_value()
    return int(whole) if whole == measure else measure


# --- reasons -----------------------------------------------------------------------------------------
def _known(figure, keys: Iterable[tuple], telling) -> dict[tuple, list[Reason]]:
    """What the registers know of each person."""
    keys, model = list(keys), model_of_key(figure)
    known = {}
    if model is not None:
        known = reasons(model._meta.label_lower, (key[0] for key in keys), telling.period)
    return {key: known.get(key[0], []) for key in keys}


def _explain(difference: Difference, told: list[Reason]) -> Difference:
    if not told:
        return difference
    words = "；".join(reason.words for reason in told)
    return replace(difference, why=DifferenceKind(told[0].why.value), words=words)

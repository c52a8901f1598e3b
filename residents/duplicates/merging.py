"""Making one record of two: every reference moves in one transaction, both originals are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from portal.corrections import correcting
from portal.errors import StaleRecord, translating
from residents.duplicates.comparing import TOGETHER
from residents.duplicates.hands import Hands
from residents.duplicates.images import image_of, settle_numbers
from residents.duplicates.permissions import check_may_merge
from residents.duplicates.references import Conflict, conflicts, references
from residents.enums import DuplicateDecision
from residents.models import DuplicatePair, Merge, Resident

SURVIVOR, MERGED = "survivor", "merged"


@dataclass(frozen=True)
class Choices:
    """``values``: field → whose value stays; ``rows``: conflict → whose row stays, the other's goes
    to the recycle bin. A value that is not named stays as the survivor has it."""

    values: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def merge(pair: DuplicatePair, *, survivor: Resident, choices: Choices, by) -> Merge:
    """Merge the other record of ``pair`` into ``survivor``, one of its two.

    The pair and its records carry the versions that were looked at. Raises StaleRecord when one
    changed since, Denied out of reach, ValidationError for a conflict without a choice.
    """
    survivor, merged = _locked(pair, survivor)
    check_may_merge(by, survivor, merged)
    found = conflicts(survivor, merged)
    if unresolved := [each for each in found if each.name not in choices.rows]:
        raise ValidationError([f"{each.reference.label}：{each.message}" for each in unresolved])
    before = {SURVIVOR: image_of(survivor), MERGED: image_of(merged)}
    hands = Hands()
    try:
        with translating(), transaction.atomic(), correcting("合并重复居民"):
            _retire(merged, survivor, hands, by)
            _take_values(survivor, merged, choices)
            _bin(found, choices, survivor, hands, by)
            _move(merged, survivor, hands)
            settle_numbers()
    except IntegrityError as error:
        raise ValidationError(
            "合并后会有互相冲突的记录，没有合并；请先核对两人的户成员、在册时段等记录。"
        ) from error
    _mark_same(pair, by)
    both = Resident.objects.filter(pk__in=[survivor.pk, merged.pk])
    return Merge.objects.create(
        unit=pair.unit,
        pair=pair,
        survivor=survivor,
        merged=merged,
        before=before,
        moved=hands.kept(),
        versions={str(pk): version for pk, version in both.values_list("pk", "version")},
        recorded_by=by,
    )


def _locked(pair: DuplicatePair, survivor: Resident) -> tuple[Resident, Resident]:
    """Both records as they are now, the survivor first; nobody changes them meanwhile."""
    looked_at = {each.pk: each.version for each in (pair.first, pair.second)}
    rows = Resident.objects.select_for_update(of=("self",)).select_related("unit__parent")
    now = {r.pk: r for r in rows.filter(pk__in=looked_at, deleted_at=None).order_by("pk")}
    if {pk: row.version for pk, row in now.items()} != looked_at:
        raise StaleRecord("a record changed after it was compared")
    [other] = looked_at.keys() - {survivor.pk}
    return now[survivor.pk], now[other]


def _retire(merged: Resident, survivor: Resident, hands: Hands, by) -> None:
    """Mark the record as merged, and those that were merged into it before, in one statement."""
    reference = next(each for each in references() if each.model is Resident)
    earlier = list(reference.rows(merged).values_list("pk", flat=True))
    hands.note(reference, earlier, moved=True)
    Resident.objects.filter(pk=merged.pk).update(deleted_at=timezone.now(), deleted_by=by)
    Resident.objects.filter(Q(pk=merged.pk) | Q(pk__in=earlier)).update(merged_into=survivor)


def _take_values(survivor: Resident, merged: Resident, choices: Choices) -> None:
    """Give the survivor the chosen values, and every unit that knew either of the two."""
    changed = {"unit_ids", "died_on"}
    survivor.died_on = survivor.died_on or merged.died_on
    survivor.unit_ids = list(dict.fromkeys([*survivor.unit_ids, *merged.unit_ids]))
    for name, whose in choices.values.items():
        if whose == MERGED:
            for each in TOGETHER.get(name, (name,)):
                attname = Resident._meta.get_field(each).attname
                setattr(survivor, attname, getattr(merged, attname))
                changed.add(each)
    survivor.save(update_fields=changed)


def _bin(found: list[Conflict], choices: Choices, survivor: Resident, hands: Hands, by) -> None:
    """Put the rows that were not chosen into the recycle bin."""
    for conflict in found:
        keys = [conflict.row.pk]
        if choices.rows[conflict.name] == MERGED:
            keys = _in_the_way(conflict, survivor)
        rows = conflict.reference.model._base_manager.filter(pk__in=keys, deleted_at=None)
        keys = list(rows.values_list("pk", flat=True))
        hands.note(conflict.reference, keys, binned=True)
        rows.update(deleted_at=timezone.now(), deleted_by=by)


def _in_the_way(conflict: Conflict, survivor: Resident) -> list[int]:
    """Those rows of the survivor beside which the chosen row of the other cannot stand: each is
    tried alone, and everything is taken back."""
    reference = conflict.reference
    rows = reference.rows(survivor).filter(deleted_at__isnull=True)
    chosen = reference.model._base_manager.filter(pk=conflict.row.pk)
    found = []
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            rows.exclude(pk=pk).update(deleted_at=timezone.now())
            try:
                with transaction.atomic():
                    chosen.update(**{reference.field.attname: survivor.pk})
            except IntegrityError:
                found.append(pk)
            transaction.set_rollback(True)
    return found


def _move(merged: Resident, survivor: Resident, hands: Hands) -> None:
    for reference in references():
        keys = list(reference.rows(merged).values_list("pk", flat=True))
        if reference.model is Resident or not keys:
            continue
        hands.note(reference, keys, moved=True)
        rows = reference.model._base_manager.filter(pk__in=keys)
        rows.update(**{reference.field.attname: survivor.pk})


def _mark_same(pair: DuplicatePair, by) -> None:
    pair.decision, pair.again_on = DuplicateDecision.SAME, None
    pair.decided_at, pair.decided_by = timezone.now(), by
    pair.save(update_fields=["decision", "again_on", "decided_at", "decided_by"])

"""Taking a merge apart again: both records as they were, with the rows that were theirs."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.corrections import correcting
from portal.errors import translating
from residents.duplicates.hands import versions
from residents.duplicates.images import put_back, settle_numbers
from residents.duplicates.merging import MERGED, SURVIVOR
from residents.duplicates.permissions import check_may_merge
from residents.duplicates.references import Reference, reference_of, references
from residents.enums import DuplicateDecision
from residents.models import Merge, Resident

RETIRED = "residents.Resident.merged_into"


@dataclass(frozen=True)
class Changed:
    """A row that somebody changed after the merge; ``row`` is None where it is gone."""

    label: str
    row: object | None

    def __str__(self):
        return f"{self.label}：{self.row}" if self.row is not None else f"{self.label}（已不在）"


def changed_since(merge: Merge) -> list[Changed]:
    """What stands in the way of an undo, in words; only read."""
    found = []
    residents = Resident.objects.in_bulk(map(int, merge.versions))
    for key, version in merge.versions.items():
        resident = residents[int(key)]
        if resident.version != version:
            found.append(Changed("居民本人的登记内容", resident))
    for entry, reference in _rows_changed(merge):
        row = reference and reference.model._base_manager.filter(pk=entry["pk"]).first()
        found.append(Changed(reference.label if reference else "记录", row))
    return found


def _rows_changed(merge: Merge) -> list[tuple[dict, Reference | None]]:
    now = versions((entry["reference"], entry["pk"]) for entry in merge.moved)
    return [
        (entry, reference_of(entry["reference"]))
        for entry in merge.moved
        if now.get((entry["reference"], entry["pk"])) != entry["version"]
    ]


@transaction.atomic
def undo(merge: Merge, *, by, leaving=False) -> None:
    """Restore both records and give the moved rows back.

    Rows that changed since are refused: ValidationError lists them. ``leaving`` undoes all else and
    leaves those as and where they are; what was recorded since stays with the survivor anyway.
    Raises ValidationError too where a later merge comes first, Denied out of reach.
    """
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    both = Resident.objects.select_for_update(of=("self",)).select_related("unit__parent")
    both = {r.pk: r for r in both.filter(pk__in=[merge.survivor_id, merge.merged_id])}
    survivor, merged = both[merge.survivor_id], both[merge.merged_id]
    check_may_merge(by, survivor, merged)
    if merge.undone_at:
        raise ValidationError("这次合并已经撤销过。")
    if survivor.merged_into_id:
        raise ValidationError(
            f"“{survivor}”后来又并入了“{survivor.merged_into}”，请先撤销那次合并。"
        )
    changed = changed_since(merge)
    if changed and not leaving:
        listed = [f"合并之后有人改过，请先核对：{each}" for each in changed]
        raise ValidationError(listed)
    try:
        with translating(), transaction.atomic(), correcting("撤销合并重复居民"):
            _take_apart(merge, survivor, merged)
    except IntegrityError as error:
        raise ValidationError(
            "恢复后会与合并之后的记录冲突，没有撤销；请先核对两人的证件号码、户成员和在册时段。"
        ) from error
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    _renew_earlier(merge)
    pair = merge.pair
    pair.decision, pair.decided_at, pair.decided_by = DuplicateDecision.OPEN, None, None
    pair.save(update_fields=["decision", "decided_at", "decided_by"])


def _take_apart(merge: Merge, survivor: Resident, merged: Resident) -> None:
    left = {(entry["reference"], entry["pk"]) for entry, _ in _rows_changed(merge)}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS resident_number_one_person DEFERRED")
    rows = [e for e in merge.moved if (e["reference"], e["pk"]) not in left]
    for entry in rows:
        if entry["moved"]:
            _update(entry, **{reference_of(entry["reference"]).field.attname: merged.pk})
    for entry in rows:
        if entry["binned"]:
            _update(entry, deleted_at=None, deleted_by=None)
    if merge.versions[str(survivor.pk)] == survivor.version:
        put_back(merge.before[SURVIVOR])
    put_back(merge.before[MERGED])
    _forget_units(merge, survivor)
    settle_numbers()


def _renew_earlier(merge: Merge) -> None:
    """For the merges before this one nothing changed: they take the restored rows' versions."""
    rows = {(entry["reference"], entry["pk"]): entry["was"] for entry in merge.moved}
    now = versions(rows)
    both = [merge.survivor_id, merge.merged_id]
    residents = dict(Resident.objects.filter(pk__in=both).values_list("pk", "version"))
    before = {r["id"]: r["version"] for r in merge.before.values()}
    for earlier in Merge.objects.filter(undone_at=None, survivor__in=both, pk__lt=merge.pk):
        for entry in earlier.moved:
            row = (entry["reference"], entry["pk"])
            if entry["version"] == rows.get(row):
                entry["version"] = now[row]
        for key, version in earlier.versions.items():
            if before.get(int(key)) == version:
                earlier.versions[key] = residents[int(key)]
            elif rows.get((RETIRED, int(key))) == version:
                earlier.versions[key] = now[RETIRED, int(key)]
        earlier.save(update_fields=["moved", "versions"])


def _update(entry: dict, **values) -> None:
    reference = reference_of(entry["reference"])
    reference.model._base_manager.filter(pk=entry["pk"]).update(**values)


def _forget_units(merge: Merge, survivor: Resident) -> None:
    """Take the units off the survivor that came with the other record, unless records made there
    since the merge speak of it."""
    needed = {survivor.unit_id, *merge.before[SURVIVOR]["unit_ids"]}
    for reference in references():
        if any(f.name == "unit" for f in reference.model._meta.concrete_fields):
            needed |= set(reference.rows(survivor).values_list("unit_id", flat=True))
    now = Resident.objects.values_list("unit_ids", flat=True).get(pk=survivor.pk)
    kept = [unit for unit in now if unit in needed]
    if kept == now:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.units_taken_back', %s, true)", [str(survivor.pk)])
    Resident.objects.filter(pk=survivor.pk).update(unit_ids=kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.units_taken_back', '', true)")

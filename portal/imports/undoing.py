"""Undoing a stored batch: what it made goes to the recycle bin, what it changed is as before.

A record that somebody changed since, or that others now refer to, is held: it stays, and is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.corrections import correcting
from portal.errors import OutOfScope, ReferenceOutOfScope, RuleBroken, StaleRecord, settle
from portal.imports.journal import HELD, Preview, RowFate, unsealed
from portal.imports.wording import message_of
from portal.ledgers.registry import ledgers
from portal.models import ImportBatch, ImportedRow
from portal.scope import Denied

CHUNK = 500
CHANGED_SINCE = "导入之后有人改过这条记录。"
CARRIED_SINCE = "导入之后，这条记录的在册、户成员等情况有了变动。"
SHARED = "其他单位也有这条记录的往来。"
GONE = "这条记录现在不归本单位。"
TAKEN = "改回去会与现有的其他记录冲突。"


class Held(Exception):
    """Some records cannot be put back, and the others were not asked for alone."""


@dataclass
class Mark:
    """All that the batch did to one record: made it, or replaced the values ``before``."""

    row: ImportedRow
    made: bool
    version: int
    before: dict = field(default_factory=dict)


class Undoing:
    """Undoes one batch in the caller's transaction; ``held`` pages tell what stays as it is."""

    def __init__(self, batch: ImportBatch, by, progress):
        self.batch, self.by, self.progress = batch, by, progress
        self.now = timezone.now()
        self.preview = Preview(only_held=True)
        self.put_back = self.held = 0

    def run(self, *, others: bool) -> None:
        """Raises Held, with nothing undone, where a record must stay and ``others`` is not set."""
        try:
            why = f"撤销导入“{self.batch.filename}”"  # an act of its own, also in a closed period
            with transaction.atomic(), correcting(why):
                groups = self._marks()
                self.total = sum(map(len, groups.values()))
                # What came later may refer to what came before it.
                for model, marks in reversed(groups.items()):
                    self._undo(model, marks)
                self._settle()
                self.preview.finish()
                if self.held and not others:
                    raise Held
                self.batch.rows.update(undone=True)
        except Held:
            self.put_back = 0
            raise

    def _marks(self) -> dict[type, dict[int, Mark]]:
        """By model and key, in the order in which the batch first touched the models."""
        groups: dict[type, dict[int, Mark]] = {}
        rows = self.batch.rows.filter(undone=False).order_by("pk")
        for row in rows.iterator(chunk_size=2000):
            marks = groups.setdefault(ledgers[row.ledger].model, {})
            mark = marks.setdefault(row.record, Mark(row, row.action == "new", 0))
            mark.version = row.record_version
            if row.before:
                mark.before = unsealed(row.before) | mark.before  # the earliest value counts
        return groups

    def _undo(self, model, marks: dict[int, Mark]) -> None:
        keys = sorted(marks, reverse=True)
        for start in range(0, len(keys), CHUNK):
            chunk = {key: marks[key] for key in keys[start : start + CHUNK]}
            records = model._default_manager.in_bulk(list(chunk))
            self._recycle(model, {k: m for k, m in chunk.items() if m.made}, records)
            for key, mark in chunk.items():
                if not mark.made:
                    self._restore(mark, records.get(key))
            self.progress("逐条撤销", self.put_back + self.held, self.total)

    # --- what was made --------------------------------------------------------------------------
    def _recycle(self, model, marks: dict[int, Mark], records) -> None:
        reasons = self._reasons(model, marks, records)
        for key, reason in reasons.items():
            self._hold(marks[key], records.get(key), reason)
        gone = {key for key in marks if key in records and records[key].deleted_at}
        keys = marks.keys() - reasons.keys() - gone
        self.put_back += len(gone)
        singly = sorted(
            (key for key in keys if ledgers[marks[key].row.ledger].did_more), reverse=True
        )
        for key in singly:
            self._recycle_singly(marks[key], records[key])
        self._recycle_together(model, keys - set(singly))

    def _recycle_singly(self, mark: Mark, record) -> None:
        """By the ledger, which knows what else storing the record did; the newest first."""
        try:
            with transaction.atomic():
                ledgers[mark.row.ledger].recycle(record, version=mark.version, by=self.by)
        except ValidationError as refusal:
            self._hold(mark, record, message_of(refusal))
        except (Denied, StaleRecord) as refusal:
            self._hold(
                mark, record, CHANGED_SINCE if isinstance(refusal, StaleRecord) else str(refusal)
            )
        else:
            self.put_back += 1

    def _recycle_together(self, model, keys) -> None:
        binned = {"deleted_at": self.now, "deleted_by": self.by}
        model._default_manager.filter(pk__in=keys).update(**binned)
        for carried, name in _carried(model):
            rows = carried._default_manager.filter(**{f"{name}__in": keys}, deleted_at__isnull=True)
            rows.update(**binned)
        self.put_back += len(keys)

    def _reasons(self, model, marks, records) -> dict[int, str]:
        """Why a made record must stay, by its key."""
        found: dict[int, str] = {}
        for key, mark in marks.items():
            record = records.get(key)
            if record is None:
                found[key] = GONE
            elif record.deleted_at:
                continue  # somebody deleted it since, which is what is asked for
            elif record.version != mark.version:
                found[key] = CHANGED_SINCE
            elif len(getattr(record, "unit_ids", ())) > 1:
                found[key] = SHARED
        for key, reason in _referred(model, marks.keys() - found.keys()):
            found.setdefault(key, reason)
        for carried, name in _carried(model):
            rows = carried._default_manager.filter(
                **{f"{name}__in": marks}, deleted_at__isnull=True
            )
            since = rows.filter(version__gt=1) | rows.filter(
                recorded_at__gt=self.batch.confirmed_at
            )
            for key in since.values_list(f"{name}_id", flat=True):
                found.setdefault(key, CARRIED_SINCE)
        return found

    # --- what was changed -----------------------------------------------------------------------
    def _restore(self, mark: Mark, record) -> None:
        if record is None or record.deleted_at or record.version != mark.version:
            self._hold(mark, record, GONE if record is None else CHANGED_SINCE)
            return
        fields = {f.attname: f for f in record._meta.concrete_fields}
        for name, value in mark.before.items():
            setattr(record, name, fields[name].to_python(value))
        try:
            with transaction.atomic():
                record.save()
        except (IntegrityError, StaleRecord, OutOfScope, ReferenceOutOfScope):
            self._hold(mark, record, TAKEN)
        else:
            self.put_back += 1

    def _hold(self, mark: Mark, record, reason: str) -> None:
        self.held += 1
        label = ledgers[mark.row.ledger].label_of(record) if record else ""
        told = [{"cell": "", "label": "", "message": reason, "choices": ()}]
        self.preview.tell(HELD, RowFate(mark.row.sheet, mark.row.row, label, problems=told))

    def _settle(self) -> None:
        try:
            with transaction.atomic():
                settle()
        except RuleBroken as refusal:
            told = [{"cell": "", "label": "", "message": refusal.messages[0], "choices": ()}]
            self.preview.tell(HELD, RowFate("整个文件", 0, problems=told))
            self.held += 1
            self.preview.finish()
            raise Held from refusal


def _carried(model) -> Iterator[tuple[type, str]]:
    """(model, foreign key) of rows that go to the bin along."""
    for name in model.carries:
        relation = model._meta.get_field(name)
        yield relation.related_model, relation.field.name


def _referred(model, keys) -> Iterator[tuple[int, str]]:
    """(key, reason) for records to which kept records of other kinds refer."""
    for relation in model._meta.related_objects:
        other, name = relation.related_model, relation.field.name
        if not hasattr(other, "deleted_at") or name == "deleted_by":
            continue
        if relation.get_accessor_name() in model.carries:
            continue
        rows = other._default_manager.filter(**{f"{name}__in": keys}, deleted_at__isnull=True)
        for key in rows.values_list(relation.field.attname, flat=True).distinct():
            yield key, f"之后登记的{other._meta.verbose_name}记录用到它。"

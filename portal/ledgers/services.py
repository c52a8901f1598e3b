"""Writes that every ledger shares: recycle, restore, and the trace of a sensitive read."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.models import AccessLog
from portal.scope import Denied, access_of


def refuse_if_referred(record) -> None:
    """Raise Denied naming the first kind of kept record that refers to this one."""
    for relation in record._meta.related_objects:
        model = relation.related_model
        if not hasattr(model, "deleted_at") or relation.field.name == "deleted_by":
            continue
        if relation.get_accessor_name() in record.carries:
            continue
        count = model._default_manager.filter(
            deleted_at__isnull=True, **{relation.field.name: record}
        ).count()
        if count:
            name = model._meta.verbose_name
            raise Denied(f"还有 {count} 条{name}记录用到它，请先处理这些记录再删除。")


def refuse_if_shared(record) -> None:
    """Raise Denied for a person or household whom another unit knows: its records cannot be seen."""
    if len(getattr(record, "unit_ids", [])) > 1:
        raise Denied("其他单位也有这条记录的往来，不能删除；确需删除的，请联系街道。")


def refuse_if_referring(record) -> None:
    """Raise Denied naming a record in the recycle bin that this one refers to."""
    for field in record._meta.concrete_fields:
        model = field.related_model
        if model is None or not hasattr(model, "deleted_at"):
            continue
        key = getattr(record, field.attname)
        if model._default_manager.filter(pk=key, deleted_at__isnull=False).exists():
            name = model._meta.verbose_name
            raise Denied(f"它所属的{name}还在回收站里，请先恢复那条{name}记录。")


@transaction.atomic
def recycle(record, *, version: int, by) -> None:
    """Move a record, and what it carries, to the recycle bin.

    Raises StaleRecord when it changed since ``version``.
    """
    record.version = version
    record.deleted_at, record.deleted_by = timezone.now(), by
    record.save(update_fields=["deleted_at", "deleted_by"])
    for name in record.carries:
        carried = getattr(record, name).filter(deleted_at__isnull=True)
        carried.update(deleted_at=record.deleted_at, deleted_by=by)


@transaction.atomic
def restore(record, *, by) -> None:
    """Take a record back; raises IntegrityError where another one took its place meanwhile, Denied
    while a record that it refers to is in the recycle bin."""
    access_of(by).check(f"{record.domain}.edit", record.unit_id)
    refuse_if_referring(record)
    for name in record.carries:
        carried = getattr(record, name).filter(deleted_at=record.deleted_at)
        carried.update(deleted_at=None, deleted_by=None)
    record.deleted_at = record.deleted_by = None
    record.save(update_fields=["deleted_at", "deleted_by"])


@transaction.atomic
def take_step(record, workflow, name: str, values: dict) -> None:
    """Move a record, as it was loaded, along one step of its workflow.

    Raises ValidationError where the step does not start from the record's state or a rule of the
    model is broken, StaleRecord when somebody changed the record meanwhile.
    """
    step = workflow.steps[name]
    loaded = record.version
    record = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    state = getattr(record, workflow.field)
    if record.version != loaded:
        raise StaleRecord(f"{record._meta.label} {record.pk} was changed")
    if state not in step.sources:
        told = dict(record._meta.get_field(workflow.field).flatchoices)[state]
        raise ValidationError(f"现在是“{told}”，不能{step.label}。")
    for field in step.clears:
        setattr(record, field, record._meta.get_field(field).get_default())
    for field, value in values.items():
        setattr(record, field, value)
    if step.target:
        setattr(record, workflow.field, step.target)
    record.full_clean(exclude={"recorded_by", "deleted_by"})
    record.save()


def log_access(action, *, by, subject, subject_id=None, unit_id=None, field="", purpose="", rows=1):
    """Leave the trace of a sensitive read in the same transaction as the answer."""
    home = access_of(by).home
    AccessLog.objects.create(
        action=action,
        user=by,
        unit_id=unit_id or home.pk,
        subject=subject,
        subject_id=subject_id,
        field=field,
        purpose=purpose,
        rows=rows,
    )

"""Moving a batch along one step: lock, ask the table and the rights, write, log, as one unit."""

from pathlib import PurePath

from django.db import transaction
from django.urls import reverse

from portal.imports.contents import ledgers_of
from portal.imports.workflow import APPROVER, AT_ONCE, BATCH, UPLOADER
from portal.models import ImportBatch, ImportState, ImportStep
from portal.notifying import holders, notify
from portal.scope import Denied, access_of


class StepDenied(Denied):
    """The batch is not where this step begins, or the user may not take it; nothing changed."""


def check_step(batch: ImportBatch, step: str, by) -> None:
    """Raise StepDenied, saying why, unless ``by`` may take the step now."""
    wanted = BATCH.steps[step]
    if wanted.who == UPLOADER:
        _check_uploader(batch, by)
    elif wanted.who == APPROVER:
        _check_approver(batch, by)
    if batch.state not in wanted.sources:
        state = ImportState(batch.state).label
        raise StepDenied(f"这一批现在是“{state}”，不能{wanted.label}；没有改动任何记录。")


def may_step(batch: ImportBatch, step: str, by) -> bool:
    try:
        check_step(batch, step, by)
    except StepDenied:
        return False
    return True


def _check_uploader(batch, by) -> None:
    if batch.uploaded_by_id != by.pk:
        raise StepDenied("这一批由别人上传，只有上传的人可以办理这一步。")
    if not access_of(by).may("records.import", batch.unit_id):
        raise StepDenied("您在这个单位已没有导入记录的权限。")


def _check_approver(batch, by) -> None:
    if batch.uploaded_by_id == by.pk:
        raise StepDenied("自己上传的表格要由另一个人复核。")
    access = access_of(by)
    if not access.may("imports.approve", batch.unit_id):
        raise StepDenied("您没有复核导入的权限。")
    if not all(access.may(each.view_permission, batch.unit_id) for each in ledgers_of(batch)):
        raise StepDenied("这一批里有您看不到的台账，请由能查看这些台账的人复核。")


@transaction.atomic
def move(batch: ImportBatch, step: str, *, by, note="", **fields) -> ImportBatch:
    """Take the step and set ``fields`` along; the batch as stored. Raises StepDenied.

    ``batch`` itself is brought up to date, so a caller may go on with it.
    """
    present = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_step(present, step, by)
    source, target = present.state, BATCH.steps[step].target
    for name, value in {"state": target, **fields}.items():
        setattr(present, name, value)
        setattr(batch, name, value)
    present.save()
    batch.version = present.version
    ImportStep.objects.create(
        unit_id=present.unit_id,
        batch=present,
        action=step,
        source=source,
        target=target,
        by=by,
        note=note[:200],
        counts=present.counts,
    )
    _tell(present, step, by)
    return present


# What the worker did is news to who uploaded; what the request did they see.
_OF_PROGRAM = {
    "report": "imports.checked",
    "stored": "imports.stored",
    "refuse": "imports.failed",
    "fail": "imports.failed",
}


def _tell(batch: ImportBatch, step: str, by) -> None:
    url = reverse("import-batch", args=[batch.pk])
    if step == "submit":
        people = holders("imports.approve", batch.unit_id, but=batch.uploaded_by)
        able = [user for user in people if may_step(batch, "approve", user)]
        notify("imports.awaiting", to=able, url=url, unit=batch.unit_id, by=by, place=batch.unit)
    elif step == "return" or (step in _OF_PROGRAM and batch.total > AT_ONCE):
        kind = _OF_PROGRAM.get(step, "imports.returned")
        to = [batch.uploaded_by]
        notify(kind, to=to, url=url, unit=batch.unit_id, file=PurePath(batch.filename).stem)

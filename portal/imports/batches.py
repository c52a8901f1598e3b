"""A workbook on its way: uploaded, checked, confirmed, approved, stored, undone.

What the steps do at once for a small file, the worker does for a large one (portal/imports/jobs.py).
"""

import base64
import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from portal.imports import jobs, work
from portal.imports.contents import rows_to_store
from portal.imports.journal import sealed
from portal.imports.reading import is_blank, read_workbook
from portal.imports.running import check_may_import
from portal.imports.stepping import StepDenied, move
from portal.imports.workflow import AT_ONCE
from portal.models import ImportBatch, ImportState
from portal.scope import access_of


def visible_batches(user):
    """The user's own uploads, and those of others that wait for, or went through, their approval."""
    access = access_of(user)
    own = Q(uploaded_by=user, unit__in=access.units("records.import"))
    handled = Q(state=ImportState.AWAITING) | Q(steps__by=user)
    others = Q(unit__in=access.units("imports.approve")) & handled & ~Q(uploaded_by=user)
    found = ImportBatch.objects.filter(own | others).distinct()
    return found.defer("content", "findings").select_related("unit", "uploaded_by")


def awaiting(user):
    """Batches that wait for an approval which this user may give."""
    units = access_of(user).units("imports.approve")
    waiting = ImportBatch.objects.filter(state=ImportState.AWAITING, unit__in=units)
    return waiting.exclude(uploaded_by=user).defer("content", "findings").select_related("unit")


def confirmed_before(batch: ImportBatch) -> ImportBatch | None:
    """The newest stored batch of the very same file for the same unit."""
    same = ImportBatch.objects.filter(
        unit=batch.unit, ledger=batch.ledger, sha256=batch.sha256, state=ImportState.STORED
    )
    return same.exclude(pk=batch.pk).order_by("-confirmed_at").first()


# --- steps --------------------------------------------------------------------------------------
@transaction.atomic
def upload(file: bytes, filename: str, *, ledger, unit, by) -> ImportBatch:
    """Keep the file, sealed. Raises UnreadableWorkbook and Denied, and keeps nothing."""
    check_may_import(by, unit, ledger)
    sheets = read_workbook(file)
    filled = sum(not all(map(is_blank, row)) for sheet in sheets for row in sheet.rows)
    return ImportBatch.objects.create(
        unit=unit,
        ledger=ledger.slug if ledger else "",
        filename=filename[-200:],
        sha256=hashlib.sha256(file).hexdigest(),
        content=sealed({"file": base64.b64encode(file).decode()}),
        uploaded_by=by,
        total=filled,
    )


@transaction.atomic
def check(batch: ImportBatch, *, by, layout=None, decisions=None) -> None:
    """Check the file against the records of this moment, reading it by ``layout`` and with the
    ``decisions`` for single rows; None leaves what the batch holds already."""
    fields = {"layout": layout, "decisions": decisions}
    changed = {name: value for name, value in fields.items() if value is not None}
    move(batch, "check", by=by, **changed)
    _go_on(batch)


@transaction.atomic
def confirm(batch: ImportBatch, *, by, good_only=False) -> None:
    """Store the checked rows, or hand them to a second person where there are many.

    ``good_only`` asks for the rows without an error; else one error keeps all out. Confirming what
    is stored already changes nothing. Raises StepDenied.
    """
    if batch.state in {ImportState.STORED, ImportState.STORING, ImportState.AWAITING}:
        return
    found = batch.summary
    if found.get("blocking"):
        raise StepDenied("有整张表都读不了的问题，改好后重新上传才能导入。")
    if found.get("errors") and not good_only:
        raise StepDenied("表格里还有要改正的地方，没有导入任何记录。")
    if not rows_to_store(batch):
        raise StepDenied("没有可以导入的行。")
    good_only = bool(good_only and found.get("errors"))
    note = f"只导入无误的行，{batch.counts['refused']} 行不导入" if good_only else ""
    if needs_approval(batch):
        move(batch, "submit", by=by, note=note, good_only=good_only)
        return
    move(batch, "store", by=by, note=note, good_only=good_only)
    _go_on(batch)


@transaction.atomic
def approve(batch: ImportBatch, *, by) -> None:
    """Let another's batch be stored; it is stored in the name of who uploaded it."""
    move(batch, "approve", by=by)
    jobs.defer(batch)


@transaction.atomic
def send_back(batch: ImportBatch, *, by, reason: str) -> None:
    """Return another's batch unstored, with the reason."""
    move(batch, "return", by=by, note=reason)


@transaction.atomic
def withdraw(batch: ImportBatch, *, by) -> None:
    move(batch, "withdraw", by=by)


@transaction.atomic
def undo(batch: ImportBatch, *, by, others=False) -> None:
    """Put back what the batch did, all of it or nothing; with ``others`` all that was not changed
    since."""
    note = "只撤销之后没有改过的记录" if others else ""
    move(batch, "undo", by=by, note=note, undo_others=others)
    _go_on(batch)


def needs_approval(batch: ImportBatch) -> bool:
    return rows_to_store(batch) > settings.IMPORT_APPROVAL_ROWS


def _go_on(batch: ImportBatch) -> None:
    """Do the work of the batch's state now, or leave it to the worker."""
    if batch.total <= AT_ONCE:
        work.do(batch)
    else:
        jobs.defer(batch)

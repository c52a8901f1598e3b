"""The work on a batch that can take long: checking and storing its rows. Within the uploader's scope."""

from dataclasses import replace

from django.utils import timezone

from portal.imports.contents import file_of, ledgers_of, rows_to_store
from portal.imports.journal import Preview, Trace, sealed
from portal.imports.report import Report
from portal.imports.running import Progress, check_may_import, run
from portal.imports.stepping import move
from portal.imports.undoing import Held, Undoing
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.models import AccessLog, ImportBatch, ImportState
from portal.scope import Denied

NOBODY_LISTENS: Progress = lambda phase, done, total: None  # noqa: E731  a default argument


def do(batch: ImportBatch, *, progress: Progress = NOBODY_LISTENS, patient=False) -> None:
    """What the state of the batch asks for; nothing where it asks for nothing."""
    match batch.state:
        case ImportState.CHECKING:
            check(batch, progress)
        case ImportState.STORING:
            store(batch, progress, patient)
        case ImportState.UNDOING:
            undo(batch, progress)


def check(batch: ImportBatch, progress: Progress = NOBODY_LISTENS) -> Report:
    """Try all rows, keep the findings and the preview, undo the rows."""
    preview = Preview()
    report = _run(batch, preview, commit=False, progress=progress)
    preview.keep(batch)
    move(batch, "report", by=batch.uploaded_by, **found(report))
    return report


def store(batch: ImportBatch, progress: Progress = NOBODY_LISTENS, patient: bool = False) -> Report:
    """Store the rows, checked once more against the records of this moment.

    With new problems nothing is stored, and the batch keeps them for the preview.
    """
    by, trace = batch.uploaded_by, Trace(batch)
    report = _run(batch, trace, commit=True, progress=progress, patient=patient)
    trace.keep(batch)
    if not report.stored:
        note = "检查之后台账有了变化，没有导入任何记录。"
        move(batch, "refuse", by=by, note=note, **found(report))
        return report
    move(batch, "stored", by=by, confirmed_at=timezone.now(), **found(report))
    log_access(
        AccessLog.Action.IMPORT,
        by=by,
        subject=_subject(batch),
        subject_id=batch.pk,
        unit_id=batch.unit_id,
        purpose=batch.filename,
        rows=rows_to_store(batch),
    )
    return report


def undo(batch: ImportBatch, progress: Progress) -> None:
    """Put everything back; or nothing, and the batch names the records that were changed since."""
    by = batch.uploaded_by
    undoing = Undoing(batch, by, progress)
    try:
        check_may_import(by, batch.unit, ledgers[batch.ledger] if batch.ledger else None)
        undoing.run(others=batch.undo_others)
    except Held:
        step, note = "keep", f"有 {undoing.held} 条记录之后改过，没有撤销任何记录"
    except Denied as denial:
        step, note = "keep", str(denial)
    else:
        kept = f"，{undoing.held} 条之后改过的保留不动" if undoing.held else ""
        step, note = "undone", f"撤销 {undoing.put_back} 条{kept}"
    undoing.preview.keep(batch)
    move(batch, step, by=by, note=note, summary=batch.summary | {"held": undoing.held})
    if step == "undone":
        log_access(
            AccessLog.Action.UNDO,
            by=by,
            subject=_subject(batch),
            subject_id=batch.pk,
            unit_id=batch.unit_id,
            purpose=batch.filename,
            rows=undoing.put_back,
        )


def _run(batch, journal, *, commit, progress, patient=False) -> Report:
    try:
        return run(
            file_of(batch),
            ledger=ledgers[batch.ledger] if batch.ledger else None,
            unit=batch.unit,
            by=batch.uploaded_by,
            commit=commit,
            layout=batch.layout,
            decisions=batch.decisions,
            progress=progress,
            good_only=batch.good_only,
            journal=journal,
            patient=patient,
        )
    except Denied as denial:
        report = Report()
        report.add("工作簿", str(denial))
        return report


def found(report: Report) -> dict:
    """The batch's fields that tell what was found; what is wrong with single rows is in the pages."""
    sheets = [vars(sheet) for sheet in report.sheets]
    kept = replace(report, problems=[p for p in report.problems if not p.of_row])
    return {
        "findings": sealed(kept.as_json()),
        "counts": report.totals,
        "summary": {
            "sheets": sheets,
            "errors": len(report.errors),
            "warnings": len(report.warnings),
            "warned": len({(p.sheet, p.row) for p in report.warnings if p.of_row}),
            "blocking": len(report.blocking),
        },
    }


def _subject(batch: ImportBatch) -> str:
    models = {ledger.model._meta.label_lower for ledger in ledgers_of(batch)}
    return models.pop() if len(models) == 1 else "portal.importbatch"

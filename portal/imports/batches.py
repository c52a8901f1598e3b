"""A checked workbook kept, sealed, until it is confirmed, and afterwards as the proof.

The findings are sealed with the file: they speak of people's rows.
"""

import base64
import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portal.crypto import decrypt, encrypt
from portal.imports.report import Report
from portal.imports.running import run
from portal.ledgers.registry import ledgers
from portal.models import ImportBatch
from portal.scope import access_of

CONTEXT = b"import batch"


@dataclass(frozen=True)
class Opened:
    """What a batch holds."""

    file: bytes
    report: Report


def _sealed(file: bytes, report: Report) -> bytes:
    kept = {"file": base64.b64encode(file).decode(), "report": report.as_json()}
    return encrypt(json.dumps(kept, ensure_ascii=False), CONTEXT).encode()


def opened(batch: ImportBatch) -> Opened:
    kept = json.loads(decrypt(bytes(batch.content).decode(), CONTEXT))
    return Opened(base64.b64decode(kept["file"]), Report.from_json(kept["report"]))


def own_batches(user):
    """The batches that the user uploaded for units where they may still import."""
    units = access_of(user).units("records.import")
    return ImportBatch.objects.filter(uploaded_by=user, unit__in=units).select_related("unit")


def check_upload(file: bytes, filename: str, *, ledger, unit, by) -> ImportBatch:
    """Check the file and keep it with its report. Raises what run() raises, and keeps nothing."""
    report = run(file, ledger=ledger, unit=unit, by=by, commit=False)
    return ImportBatch.objects.create(
        unit=unit,
        ledger=ledger.slug if ledger else "",
        filename=filename[-200:],
        sha256=hashlib.sha256(file).hexdigest(),
        content=_sealed(file, report),
        uploaded_by=by,
        counts=report.totals,
    )


def confirmed_before(batch: ImportBatch) -> ImportBatch | None:
    """The newest confirmed batch of the very same file for the same unit."""
    same = ImportBatch.objects.filter(
        unit=batch.unit, ledger=batch.ledger, sha256=batch.sha256, confirmed_at__isnull=False
    )
    return same.exclude(pk=batch.pk).order_by("-confirmed_at").first()


@transaction.atomic
def confirm(batch: ImportBatch, *, by) -> Report:
    """Store the rows of a checked batch, checked once more against the records of this moment.

    Confirming a confirmed batch changes nothing. With new problems nothing is stored and the batch
    keeps them for the preview.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    kept = opened(batch)
    if batch.confirmed_at:
        return kept.report
    ledger = ledgers[batch.ledger] if batch.ledger else None
    report = run(kept.file, ledger=ledger, unit=batch.unit, by=by, commit=True)
    batch.content, batch.counts = _sealed(kept.file, report), report.totals
    if report.stored:
        batch.confirmed_at = timezone.now()
    batch.save()
    return report

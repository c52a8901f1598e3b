"""Columns of bytes of the portal that hold sealed values."""

from portal.drafts.services import context_at
from portal.exports.jobs import CONTEXT as PRINT
from portal.imports.journal import CONTEXT as BATCH
from portal.keys.declare import SealedColumn, always, declare
from portal.models import EntryDraft, ImportBatch, ImportedRow, ImportPage, RegisterPrint

declare(
    SealedColumn(
        EntryDraft,
        "content",
        context_at,
        needs=("user_id", "ledger", "page", "subject_id"),
        raw=True,
    ),
    SealedColumn(RegisterPrint, "content", always(PRINT), in_bytes=True),
    SealedColumn(ImportBatch, "content", always(BATCH), in_bytes=True),
    SealedColumn(ImportBatch, "findings", always(BATCH), in_bytes=True),
    SealedColumn(ImportPage, "content", always(BATCH), in_bytes=True),
    SealedColumn(ImportedRow, "before", always(BATCH), in_bytes=True),
)

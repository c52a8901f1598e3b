"""A list as seen, as a file: checked against its figure, and logged."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from portal.exports.checking import check_count
from portal.exports.paper import rows_of
from portal.exports.papers import paper_of
from portal.exports.register import printed
from portal.exports.selection import Selection
from portal.exports.xlsx import XLSX, write
from portal.ledgers.columns import Column
from portal.ledgers.services import log_access
from portal.models import AccessLog

PDF = "application/pdf"
BATCH = 2000


@dataclass(frozen=True)
class File:
    content: bytes
    media_type: str
    extension: str
    rows: int


class TooLong(Exception):
    """Too many rows to print while somebody waits: a job for the worker."""


def as_xlsx(selection: Selection, columns: Sequence[Column], *, by) -> File:
    """The whole list as a workbook, logged. Raises RowsDisagree; nothing is logged then."""
    file = make_xlsx(selection, columns, by=by)
    log_export(selection.ledger, file.rows, by=by)
    return file


def as_pdf(selection: Selection, columns: Sequence[Column], *, by) -> File:
    """The printed register, logged; raises RowsDisagree, and TooLong where it takes too long."""
    file = make_pdf(selection, columns, by=by)
    log_export(selection.ledger, file.rows, by=by, action=AccessLog.Action.PDF)
    return file


def make_xlsx(selection, columns, *, by, watermark: str = "") -> File:
    # Titles above the header would be in the way of the import, which takes this file back.
    paper = paper_of(selection, columns, by=by, titled=False, watermark=watermark)
    records = selection.records().iterator(chunk_size=BATCH)
    content, rows = write(paper, rows_of(columns, records))
    check_count(selection, rows)
    return File(content, XLSX, "xlsx", rows)


def make_pdf(selection, columns, *, by, watermark: str = "") -> File:
    most = settings.PRINT_ROWS_AT_ONCE
    rows = list(rows_of(columns, selection.records()[: most + 1]))
    if len(rows) > most:
        raise TooLong
    check_count(selection, len(rows))
    content = printed(paper_of(selection, columns, by=by, watermark=watermark), rows)
    return File(content, PDF, "pdf", len(rows))


def log_export(ledger, rows: int, *, by, action=AccessLog.Action.EXPORT) -> None:
    log_access(action, by=by, subject=ledger.slug, rows=rows)

"""What a batch holds: the file, the findings, the pages of the preview, the ledgers it writes to."""

import base64

from portal.imports.journal import unsealed
from portal.imports.report import Report
from portal.ledgers.registry import ledgers
from portal.models import ImportBatch


def file_of(batch: ImportBatch) -> bytes:
    return base64.b64decode(unsealed(batch.content)["file"])


def report_of(batch: ImportBatch) -> Report:
    """What the last check, or the storing, found of whole sheets; single rows are in the pages."""
    return Report.from_json(unsealed(batch.findings)) if batch.findings else Report()


def page_of(batch: ImportBatch, fate: str, number: int) -> list[dict]:
    """The rows of one page of the preview; pages count from 1."""
    page = batch.pages.filter(fate=fate, number=number).first()
    return unsealed(page.content) if page else []


def rows_to_store(batch: ImportBatch) -> int:
    return batch.counts.get("new", 0) + batch.counts.get("changed", 0)


def ledgers_of(batch: ImportBatch) -> list:
    """The ledgers that the checked batch writes to."""
    slugs = [sheet["ledger"] for sheet in batch.summary.get("sheets", [])] or [batch.ledger]
    return [ledgers[slug] for slug in slugs if slug in ledgers]

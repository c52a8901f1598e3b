"""Columns of bytes that hold sealed values: summaries of a run, and the evidence of issues."""

from portal.keys.declare import SealedColumn, declare
from reports.evidence.vault import context_of as context_of_bundle
from reports.models import BulkItem, Bundle
from reports.services.bulk_files import context_of

declare(
    SealedColumn(BulkItem, "pdf", context_of, needs=("id",), raw=True),
    SealedColumn(Bundle, "sealed", context_of_bundle, needs=("sha256",), raw=True, kept=True),
)

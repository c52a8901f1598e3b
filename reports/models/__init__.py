"""Summaries: the draft on its way, what was issued of it, and the evidence behind that."""

from reports.models.about import About, readable_by
from reports.models.boards import Board
from reports.models.bulk import BulkItem, BulkRun
from reports.models.issues import Bundle, EvidenceRow, Issue, Tombstone
from reports.models.reviewing import Answer, Comment, ReviewStep
from reports.models.summaries import (
    DRAFT_LENGTH,
    SECTION_LENGTH,
    TITLE_LENGTH,
    Presence,
    Quotation,
    Revision,
    Section,
    Summary,
)

__all__ = [
    "DRAFT_LENGTH",
    "SECTION_LENGTH",
    "TITLE_LENGTH",
    "About",
    "Answer",
    "Board",
    "BulkItem",
    "BulkRun",
    "Bundle",
    "Comment",
    "EvidenceRow",
    "Issue",
    "Presence",
    "Quotation",
    "ReviewStep",
    "Revision",
    "Section",
    "Summary",
    "Tombstone",
    "readable_by",
]

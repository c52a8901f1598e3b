"""Every write of a summary, by idea; the names that most callers want."""

from reports.services.drafting import (
    AlreadyOpen,
    draft,
    draft_from,
    open_draft,
    redraft,
    restore,
    save,
)
from reports.services.issuing import NotPrintable, issue
from reports.services.judging import NotReady, facts_of, findings_of

__all__ = [
    "AlreadyOpen",
    "NotPrintable",
    "NotReady",
    "draft",
    "draft_from",
    "facts_of",
    "findings_of",
    "issue",
    "open_draft",
    "redraft",
    "restore",
    "save",
]

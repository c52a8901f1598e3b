"""Taking back what was issued, and disposing of evidence by law; both leave a tombstone with the hash."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.scope import Denied, access_of
from reports import proof
from reports.evidence.pseudonyms import pseudonymised
from reports.evidence.vault import keep
from reports.models import Bundle, Issue, Tombstone
from reports.services.review import alone_with, move
from reports.workflow import ISSUES

NO_REASON = "请写明理由，会一直保留。"


def withdraw(issue: Issue, *, version: int, reason: str, by) -> Tombstone:
    """What was issued no longer holds; it stays to be read, with the reason. ``version`` is that of its
    summary as the user saw it.

    Raises Denied (not the user's to do, or withdrawn already), StaleRecord, ValidationError (no reason)."""
    reason = _reason(reason)
    with alone_with(issue.summary):
        move(issue.summary, "withdraw", version=version, opinion=reason, by=by)
        return _bury(issue, Tombstone.Kind.WITHDRAWN, issue.sha256, reason, by)


@transaction.atomic
def dispose(issue: Issue, *, reason: str, by) -> list[Tombstone]:
    """The records behind an issue are disposed of by law, and so are the persons in its evidence: a bundle
    with pseudonyms takes the place of the full one, which is emptied with the full PDF that encloses it.

    All issues that stand on the same bundle get a tombstone. Raises Denied, ValidationError, Damaged."""
    reason = _reason(reason)
    access_of(by).check(ISSUES, issue.unit_id)
    evidence = proof.bundle_of(issue)
    if evidence.disposed:
        raise Denied("这次签发的依据已经依法处置过。")
    issues = list(Issue.objects.filter(bundle=issue.bundle_id).order_by("pk"))
    successor = keep(pseudonymised(evidence.bundle), issue.unit)
    stones = [
        _bury(each, Tombstone.Kind.DISPOSED, evidence.sha256, reason, by, successor)
        for each in issues
    ]
    Bundle.objects.filter(pk=issue.bundle_id).update(sealed=b"")
    Issue.objects.filter(bundle=issue.bundle_id).update(pdf=b"")
    return stones


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    return reason.strip()


def _bury(issue, kind, sha256, reason, by, replaced_by=None) -> Tombstone:
    return Tombstone.objects.create(
        unit_id=issue.unit_id,
        issue=issue,
        kind=kind,
        sha256=sha256,
        reason=reason,
        replaced_by=replaced_by,
        buried_by=by,
        buried_at=timezone.now(),
    )

"""Taking back what was issued, and disposing of evidence by law; both leave a tombstone with the hash."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.attachments.destroying import destroy_files
from portal.scope import Denied, access_of
from reports import proof
from reports.evidence.pseudonyms import pseudonymised
from reports.evidence.vault import keep
from reports.models import BulkItem, Bundle, Issue, Summary, Tombstone
from reports.services.review import alone_with, move
from reports.workflow import ISSUES

OVER = frozenset({Summary.State.ARCHIVED, Summary.State.WITHDRAWN})
STILL_USED = "只有已归档或已撤回的签发件才能依法处置；同一份依据的签发件须全部归档或撤回。"
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
def dispose(issue: Issue, *, reason: str, by, approved_by) -> list[Tombstone]:
    """The records behind an issue are disposed of by law, and so are the persons in its evidence: a bundle
    with pseudonyms takes the place of the full one, which is emptied with the full PDF that encloses it. Scans
    of the paper and drafts that a bulk run printed go too: they name the same persons.

    Two accounts that sign for the unit answer for it, and only what is archived or withdrawn is disposed of.
    All issues that stand on the same bundle get a tombstone. Raises Denied, ValidationError, Damaged."""
    reason = _reason(reason)
    access_of(by).check(ISSUES, issue.unit_id)
    _check_second(approved_by, by, issue)
    evidence = proof.bundle_of(issue)
    if evidence.disposed:
        raise Denied("这次签发的依据已经依法处置过。")
    found = Issue.objects.filter(bundle=issue.bundle_id).select_related("summary")
    issues = list(found.defer("pdf", "public_pdf").order_by("pk"))
    if any(each.summary.state not in OVER for each in issues):
        raise Denied(STILL_USED)
    successor = keep(pseudonymised(evidence.bundle), issue.unit)
    about = {"replaced_by": successor, "approved_by": approved_by}
    stones = [
        _bury(each, Tombstone.Kind.DISPOSED, evidence.sha256, reason, by, **about)
        for each in issues
    ]
    for each in issues:
        destroy_files(each)
    for item in BulkItem.objects.filter(summary__in=[i.summary_id for i in issues]).exclude(
        pdf=b""
    ):
        item.pdf = b""
        item.save(update_fields=["pdf"])
    Bundle.objects.filter(pk=issue.bundle_id).update(sealed=b"")
    Issue.objects.filter(bundle=issue.bundle_id).update(pdf=b"")
    return stones


def _check_second(approver, by, issue: Issue) -> None:
    """Raise Denied unless another account that signs for the unit approves."""
    if approver is None or approver.pk == by.pk:
        raise Denied("依法处置不能恢复，须由另一位有签发权限的人批准，不能由经办人自己批准。")
    if not (approver.is_active and access_of(approver).may(ISSUES, issue.unit_id)):
        raise Denied("批准人没有为这个单位签发总结的权限，不能批准处置。")


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    return reason.strip()


def _bury(issue, kind, sha256, reason, by, replaced_by=None, approved_by=None) -> Tombstone:
    return Tombstone.objects.create(
        unit_id=issue.unit_id,
        issue=issue,
        kind=kind,
        sha256=sha256,
        reason=reason,
        replaced_by=replaced_by,
        buried_by=by,
        approved_by=approved_by,
        buried_at=timezone.now(),
    )

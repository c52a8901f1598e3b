"""The scan of the signed and sealed paper, filed beside the issue that was printed on it.

The files are attachments of the issue: checked, drawn anew or refused, and sealed on disk (ADR 14). What
was signed is never changed by them; a wrong scan goes into the bin, where its content stays.
"""

from portal.attachments import services as attachments
from portal.models import Attachment
from portal.scope import Denied, access_of
from reports.models import Issue
from reports.permissions import is_disposed

CAPTION = "签字盖章件"


def may_file(user, issue: Issue) -> bool:
    """Whoever drafts or signs for the unit puts the paper away."""
    access = access_of(user)
    kept = ("summaries.draft", "summaries.issue")
    return any(access.may(permission, issue.unit_id) for permission in kept)


def check_file(user, issue: Issue) -> None:
    """Raises Denied."""
    if not may_file(user, issue):
        raise Denied("您没有为这个单位归存签字盖章件的权限。")
    if is_disposed(issue):
        raise Denied("这份签发件的依据已依法处置，扫描件已一并销毁，不再归存。")


def scans_of(issue: Issue):
    """In the order in which they were filed."""
    return attachments.files_of(issue).order_by("pk")


def file_scans(issue: Issue, files: list[attachments.Checked], *, by) -> list[Attachment]:
    """Keep the checked files; those that are there already are passed over.

    Raises Denied, ValidationError when there would be too many, OSError when the disk is full; then
    nothing is kept."""
    check_file(by, issue)
    purpose = Attachment.Purpose.SCAN
    return attachments.attach(issue, files, purpose=purpose, caption=CAPTION, by=by)


def remove_scan(issue: Issue, scan: Attachment, *, version: int, by) -> None:
    """Into the bin. Raises Denied, StaleRecord."""
    check_file(by, issue)
    attachments.recycle(scan, version=version, by=by)

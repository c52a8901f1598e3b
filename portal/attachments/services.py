"""Keeping files of a record, taking them out and back, and the nightly sweep."""

import hashlib
import logging
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.attachments import vault
from portal.attachments.pictures import prepared
from portal.attachments.refusing import Refused
from portal.attachments.scans import BEGIN, check_pdf
from portal.models import Attachment
from portal.wall.classes import Down, Inspected

log = logging.getLogger(__name__)

MOST_PER_RECORD = 60
NO_ROOM = "存放附件的磁盘写不进去（可能已满），没有保存；请告诉系统管理员。"
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Checked:
    """A file that may be kept; ``thumbnail`` is empty for a PDF."""

    content: bytes
    thumbnail: bytes
    media_type: str
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def checked(content: bytes, purpose: str) -> Checked:
    """What will be kept of an uploaded file. Raises Refused."""
    if content.startswith(BEGIN):
        if purpose == Attachment.Purpose.PORTRAIT:
            raise Refused("本人照片请传图片，不要传 PDF。")
        return Checked(content, b"", Attachment.Media.PDF, check_pdf(content))
    picture = prepared(content, blurred=purpose == Attachment.Purpose.SCAN)
    return Checked(picture.content, picture.thumbnail, Attachment.Media.JPEG, 1)


def files_of(record):
    """The kept files of a record that the caller was allowed to see."""
    return bound_to(record).kept()


def bound_to(record):
    return Attachment.objects.filter(subject=record._meta.label_lower, subject_id=record.pk)


@transaction.atomic
def attach(record, files: list[Checked], *, purpose: str, caption: str, by) -> list[Attachment]:
    """Keep the files of a record that ``by`` may edit; those that it has already are passed over.

    Raises ValidationError when it would have too many, OSError when the disk takes no more; then
    nothing is kept.
    """
    known = set(files_of(record).values_list("sha256", flat=True))
    fresh = {file.sha256: file for file in files if file.sha256 not in known}
    if len(known) + len(fresh) > MOST_PER_RECORD:
        raise ValidationError(f"一条记录最多 {MOST_PER_RECORD} 个附件，已有 {len(known)} 个。")
    return [_keep(record, file, purpose, caption, by) for file in fresh.values()]


def _keep(record, file: Checked, purpose, caption, by) -> Attachment:
    row = Attachment(
        unit_id=record.unit_id,
        subject=record._meta.label_lower,
        subject_id=record.pk,
        purpose=purpose if file.thumbnail else Attachment.Purpose.SCAN,
        caption=caption,
        media_type=file.media_type,
        name=vault.new_name(),
        sha256=file.sha256,
        size=len(file.content),
        pages=file.pages,
        read_below=_is_read_below(record),
        recorded_by=by,
    )
    row.save()
    vault.put(row.name, file.content)
    if file.thumbnail:
        vault.put(row.name + vault.THUMBNAIL, file.thumbnail)
    return row


def _is_read_below(record) -> bool:
    """Whether units below the record's own read it, as far as is known now."""
    wall = record.wall
    if isinstance(wall, Inspected | Down):
        return not wall.only or bool(getattr(record, wall.only))
    return False


def reread(records) -> None:
    """The records were opened to the units that they are about, or closed again: so are their files."""
    for record in records:
        bound_to(record).exclude(read_below=_is_read_below(record)).update(
            read_below=_is_read_below(record)
        )


def content_of(row: Attachment) -> bytes:
    """Raises vault.Missing for a file that is gone, CannotOpen for one that was altered."""
    return vault.get(row.name)


def thumbnail_of(row: Attachment) -> bytes:
    return vault.get(row.name + vault.THUMBNAIL)


def take_back(row: Attachment) -> None:
    """Out of the bin. Raises ValidationError where the same file was added again meanwhile."""
    row.deleted_at = row.deleted_by = None
    row.validate_constraints()
    row.save(update_fields=["deleted_at", "deleted_by"])


def recycle(row: Attachment, *, version: int, by) -> None:
    """Into the bin, where its content stays. Raises StaleRecord."""
    row.version, row.deleted_at, row.deleted_by = version, timezone.now(), by
    row.save(update_fields=["deleted_at", "deleted_by"])


def sweep() -> dict[str, int]:
    """Bring disk and rows together; run in a scope of every unit, or rows would seem to be missing.

    A part whose row was committed gets its name; a file without a row is deleted when it is a day
    old; a row without its file is told in the log, for the administrator to take from the backup.
    """
    finished = swept = 0
    names = set(Attachment.objects.values_list("name", flat=True))
    present = set()
    for name, path in vault.kept_files(older_than=0):
        if name in names and path.name.endswith(vault.PART):
            vault.finish(path.name.removesuffix(vault.PART))
            finished += 1
        if name in names:
            present.add(name)
    for name, path in vault.kept_files(older_than=DAY):
        if name not in names:
            vault.drop(path)
            swept += 1
    missing = sorted(names - present)
    for name in missing:
        log.error("attachment %s has lost its file; take it from the backup", name)
    return {"finished": finished, "swept": swept, "missing": len(missing)}

"""Rows that more than the values of their fields opens: files that lie on disk, a child, what was thrown away."""

import io
from datetime import date

from django.utils import timezone
from PIL import Image

from portal.attachments import services as attachments
from portal.crypto import encrypt_bytes
from portal.models import Attachment, Notice
from portal.office.models import Posting
from reports.models import Board, BulkItem, Issue
from reports.services import bulk_files
from tests import factories
from tests.security.filling import PDF
from tests.security.routes import CHILD

SCHOOL_AGE = 8


def picture(colour: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (120, 80), colour).save(target, "JPEG")
    return target.getvalue()


def photographed(record, word, user, purpose=Attachment.Purpose.PHOTO, colour="white") -> None:
    file = attachments.checked(picture(colour), purpose)
    attachments.attach(record, [file], purpose=purpose, caption=word, by=user)


def open_the_rest(first: int, word, unit, user) -> None:
    """After the first row of every table; how far from it these are is told by ``routes.FURTHER``."""
    photographed(Issue.objects.get(), word, user, Attachment.Purpose.SCAN, "gray")
    photographed(Notice.objects.get(), word, user, colour="black")
    item = BulkItem.objects.get()
    item.pdf = encrypt_bytes(PDF, bulk_files.context_of(item.pk))
    item.save()
    Board.objects.create(
        unit=unit,
        recorded_by=user,
        title=f"{word}旧看板",
        deleted_at=timezone.now(),
        deleted_by=user,
    )
    born = date(timezone.localdate().year - SCHOOL_AGE, 1, 1)
    factories.resident(unit, f"{word}丙", pk=first + CHILD, born_on=born)
    Posting.objects.update(due_on=date(2025, 12, 31))

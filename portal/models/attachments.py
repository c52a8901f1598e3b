"""附件: what was photographed or scanned for a record of any ledger."""

from django.db import models
from django.db.models import Q

from portal.records import Kept
from portal.wall.classes import Down


class Attachment(Kept):
    """One file of the record ``subject_id`` of the model ``subject``, in that record's unit.

    It has no need-to-know of its own and no department: nobody sees it but through a ledger that
    shows them the record. Those of a paper that is read below are read there too (``read_below``).
    ``name`` finds the sealed file on disk; ``sha256`` is of its content.
    """

    class Purpose(models.TextChoices):
        PHOTO = "photo", "照片"
        SCAN = "scan", "证件材料"
        PORTRAIT = "portrait", "本人照片"

    class Media(models.TextChoices):
        JPEG = "image/jpeg", "图片"
        PDF = "application/pdf", "PDF"

    wall = Down(only="read_below")
    domain = "attachments"  # nobody holds attachments.view: visible_to() shows nothing

    subject = models.CharField(max_length=80, editable=False)  # "<app>.<model>"
    subject_id = models.BigIntegerField(editable=False)
    purpose = models.CharField("用途", max_length=8, choices=Purpose, default=Purpose.PHOTO)
    caption = models.CharField("说明", max_length=60, blank=True)
    media_type = models.CharField("类型", max_length=20, choices=Media, editable=False)
    name = models.CharField(max_length=32, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField("字节", editable=False)
    read_below = models.BooleanField(default=False, editable=False)
    pages = models.PositiveSmallIntegerField("页数", default=1, editable=False)

    class Meta:
        verbose_name = "附件"
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject", "subject_id"], name="attachment_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "subject", "subject_id", "sha256"],
                condition=Q(deleted_at__isnull=True),
                name="attachment_once_per_record",
                violation_error_message="这个文件已经传过。",
            ),
        ]

    def __str__(self):
        return self.caption or self.get_purpose_display()

    @property
    def is_image(self) -> bool:
        return self.media_type == self.Media.JPEG

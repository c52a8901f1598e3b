"""An uploaded workbook between its check and its confirmation, and afterwards as the proof."""

from django.db import models
from django.db.models import Q

from portal.models.units import Unit
from portal.models.versioned import Versioned
from portal.wall.classes import Own


class ImportBatch(Versioned):
    """One workbook brought in by one user for one unit. The file itself is kept encrypted."""

    wall = Own()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    ledger = models.CharField("台账", max_length=40, blank=True)  # blank: the whole workbook
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(editable=False)
    uploaded_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)  # {"new": n, "changed": n, "unchanged": n}
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "导入批次"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(sha256=""), name="import_batch_has_hash"),
        ]

    def __str__(self):
        return self.filename

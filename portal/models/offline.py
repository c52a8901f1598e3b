"""What phones sent after they had been without network, each under the key that the phone gave it."""

from django.db import models
from django.utils import timezone

from portal.models.units import Unit
from portal.wall.classes import Own


class OfflineEntry(models.Model):
    """One entry of a phone that became a record: a repeat with the same key is answered with it.

    ``typed_at`` is the moment by the phone's clock, None where that cannot be; ``received_at`` is ours.
    """

    wall = Own(append_only=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    user = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    kind = models.CharField("种类", max_length=20)
    subject = models.CharField("对象", max_length=80)  # "<app>.<model>" of the record
    subject_id = models.BigIntegerField()
    typed_at = models.DateTimeField("填写时间", null=True)
    received_at = models.DateTimeField("送达时间", default=timezone.now)

    class Meta:
        verbose_name = "离线登记"
        indexes = [models.Index(fields=["subject", "subject_id"], name="offlineentry_subject")]

    def __str__(self):
        return f"{self.kind} {self.key}"

"""离岗交接: whose work went to whom, when, and each thing that was open; nothing of it changes later."""

from django.db import models
from django.db.models import F, Q

from portal.fields import EncryptedTextField
from portal.models.units import Unit
from portal.wall.classes import Own


class Handover(models.Model):
    """One leaver's work handed over. ``last_day`` is the last on which the leaver's account is used."""

    wall = Own(append_only=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    leaver = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="+", verbose_name="离岗人"
    )
    last_day = models.DateField("最后工作日")
    reason = models.CharField("事由", max_length=200)
    done_by = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="+", verbose_name="经办人"
    )
    done_at = models.DateTimeField("交接时间", auto_now_add=True)

    class Meta:
        verbose_name = "离岗交接"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(leaver=F("done_by")), name="handover_done_by_another"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="handover_says_why"),
        ]

    def __str__(self):
        return f"交接 {self.pk:05d}"


class HandoverPart(models.Model):
    """Who goes on with one department's work of the leaver: what the leaver recorded and is still open, or
    comes due later, is the receiver's own from now on; its author stays who wrote it."""

    wall = Own(append_only=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", editable=False)
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="parts")
    domain = models.CharField("条线", max_length=20)
    leaver = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    receiver = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="+", verbose_name="接手人"
    )

    class Meta:
        verbose_name = "交接条线"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(leaver=F("receiver")), name="handover_goes_to_another"
            ),
            models.UniqueConstraint(
                fields=["handover", "domain", "leaver"], name="handover_part_once"
            ),
        ]

    def __str__(self):
        return f"{self.domain} {self.receiver}"


class HandoverItem(models.Model):
    """One thing that was open in the leaver's name, as it was called then (sealed: it may name a person)."""

    wall = Own(append_only=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", editable=False)
    part = models.ForeignKey(HandoverPart, models.PROTECT, related_name="items")
    kind = models.CharField("类别", max_length=60)
    subject = models.CharField("对象", max_length=60)
    subject_id = models.BigIntegerField("对象编号")
    text = EncryptedTextField("事项", purpose="handover", max_length=200)

    class Meta:
        verbose_name = "交接事项"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.subject} {self.subject_id}"

"""迁入接收: who looked for a newcomer by the whole ID, and who was taken over from which unit."""

from django.db import models

from portal.wall.classes import Own
from residents.enums import TakeOverOutcome
from residents.models.people import Resident


class TakeOver(models.Model):
    """One look or one taking over, written by the database function alone; a taking over has a row
    for the receiving and one for the former unit. Misses are kept too: guessing is counted."""

    domain = "residents"
    wall = Own(append_only=True)

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    user = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("办理时间", auto_now_add=True)
    outcome = models.CharField("结果", max_length=8, choices=TakeOverOutcome)
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, related_name="takeovers", verbose_name="居民"
    )
    former = models.ForeignKey("portal.Unit", models.PROTECT, null=True, related_name="+")
    receiving = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+")
    on = models.DateField("接收日期")
    reason = models.CharField("事由", max_length=100)

    class Meta:
        verbose_name = "迁入接收"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "at"], name="takeover_user_at")]

    def __str__(self):
        return f"{self.on} {self.get_outcome_display()}"

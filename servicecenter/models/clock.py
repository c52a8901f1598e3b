"""The log of due dates that a new notice of holidays moved."""

from django.db import models

from portal.models import WorkNotice
from portal.wall.classes import Own
from servicecenter.models.cases import Case


class CaseRedating(models.Model):
    """The due date of a case before and after a notice; ``by`` is who stored it, as named then."""

    wall = Own(append_only=True)

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    case = models.ForeignKey(Case, models.PROTECT, related_name="redatings", verbose_name="办件")
    notice = models.ForeignKey(
        WorkNotice, models.PROTECT, related_name="+", verbose_name="放假通知"
    )
    before = models.DateField("原到期日", null=True)
    after = models.DateField("现到期日")
    by = models.CharField("办理人", max_length=100)
    redated_at = models.DateTimeField("改期时间", auto_now_add=True)

    class Meta:
        verbose_name = "改期记录"
        ordering = ["case", "pk"]

    def __str__(self):
        return f"{self.before} → {self.after}"

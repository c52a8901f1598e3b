"""Disposal of records whose time is over: proposed by one, approved by another, what is left are counts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.models.versioned import Versioned
from portal.wall.classes import Own


class DisposalState(models.TextChoices):
    PROPOSED = "proposed", "待审批"
    DONE = "done", "已销毁"
    REFUSED = "refused", "未批准"


class DisposalRun(Versioned):
    """``frozen`` is the list as proposed: [{"code", "title", "ground", "kept", "first", "last", "rows":
    [[key, version]]}]. When it ran, ``outcome`` has counts and hashes by kind, and the keys are gone."""

    wall = Own()

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    state = models.CharField(
        "状态", max_length=8, choices=DisposalState, default=DisposalState.PROPOSED
    )
    reason = models.CharField("说明", max_length=200)
    frozen = models.JSONField("清册")
    outcome = models.JSONField("结果", default=list)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时间", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="审批人",
    )
    decided_at = models.DateTimeField("审批时间", null=True)

    class Meta:
        verbose_name = "销毁清册"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="disposal_by_two",
                violation_error_message="提出人不能审批自己提出的销毁。",
            ),
            models.CheckConstraint(
                condition=Q(state=DisposalState.PROPOSED, decided_by__isnull=True)
                | (~Q(state=DisposalState.PROPOSED) & Q(decided_by__isnull=False)),
                name="disposal_decided_by_somebody",
            ),
        ]

    def __str__(self):
        return f"销毁清册 {timezone.localtime(self.proposed_at):%Y-%m-%d}（{self.unit}）"

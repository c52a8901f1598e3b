"""批量: many summaries in one job, each with its own result."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.models.versioned import Versioned
from portal.wall.classes import Own
from reports.models.about import About
from reports.models.summaries import Summary


class BulkRun(Versioned):
    """What somebody asked for at ``unit``: kinds × units below it, for one period."""

    wall = Own()

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    kinds = ArrayField(models.CharField(max_length=1), verbose_name="种类")
    period_key = models.CharField("时段", max_length=24)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="发起人"
    )
    asked_at = models.DateTimeField("发起时间")

    class Meta:
        verbose_name = "批量起草"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.unit} {self.period_key}"


class BulkItem(About, Versioned):
    """One summary of a run: ``unit`` is the one it tells of. ``pdf`` is what the ZIP holds."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        FAILED = "failed", "未成"

    wall = Own()

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="items")
    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    message = models.CharField("结果", max_length=300, blank=True)
    summary = models.ForeignKey(Summary, models.PROTECT, null=True, related_name="+")
    pdf = models.BinaryField(default=b"")
    tries = models.PositiveSmallIntegerField("次数", default=0)
    changed_at = models.DateTimeField("更新时间", null=True)

    class Meta:
        verbose_name = "批量条目"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind", "unit", "group"],
                nulls_distinct=False,
                name="bulk_item_once",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.unit}"

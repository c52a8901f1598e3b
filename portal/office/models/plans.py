"""Work plans with tasks and targets, the yearly schedule, and creation campaigns."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.constraints import in_order, not_negative
from portal.office.enums import EventKind, Rank
from portal.office.models.base import (
    TAGGED,
    Fact,
    Part,
    PartEvent,
    day,
    decimal,
    past_day,
    prose,
    words,
)
from portal.wall.classes import Closes


class WorkPlan(Fact):
    """A plan for some time, usually a year."""

    title = models.CharField("计划名称", max_length=80)
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("截止日期")
    document = words("依据文件", 100)
    note = prose("总体要求")

    class Meta:
        verbose_name = "工作计划"
        ordering = ["-starts_on", "title"]
        constraints = [TAGGED, *in_order("starts_on", "ends_on")]

    def __str__(self):
        return self.title


class WorkTask(Part):
    """A task of a plan. Its state follows from its days.

    With a ``figure`` its progress is that figure's value from ``starts_on`` to ``due_on``.
    """

    tags = "plan__domains"

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="tasks", verbose_name="计划")
    title = models.CharField("任务", max_length=120)
    target = decimal("目标数", null=True, blank=True)
    measure = words("目标计量", 10, help_text="如场、人次、户。")
    figure = words("对应指标", 60, help_text="选了指标的，进度按指标自动计算。")
    owner = models.CharField("责任人", max_length=50)
    starts_on = models.DateField("开始日期")
    due_on = models.DateField("完成期限")
    done_on = past_day("完成日期")
    cancelled_on = past_day("取消日期")
    result = words("完成情况", 300)

    class Meta:
        verbose_name = "计划任务"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["unit", "due_on"], name="office_worktask_due")]
        constraints = [
            *in_order("starts_on", "due_on", "done_on"),
            *not_negative("target"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(cancelled_on__isnull=True),
                name="office_worktask_done_or_cancelled",
                violation_error_message="任务不能既完成又取消。",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def state(self) -> str:
        """未开始, 进行中, 已超期, 完成 or 取消, as of today."""
        today = timezone.localdate()
        if self.cancelled_on:
            return "取消"
        if self.done_on:
            return "完成"
        if self.due_on < today:
            return "已超期"
        return "进行中" if self.starts_on <= today else "未开始"


class ScheduledEvent(Fact):
    """One entry of the yearly schedule: what is to be held when, and when it was held."""

    closes = Closes(("planned_on",), fixed=())

    title = models.CharField("安排事项", max_length=80)
    kind = models.CharField("类型", max_length=12, choices=EventKind, default=EventKind.MEETING)
    planned_on = models.DateField("计划日期")
    place = words("地点")
    owner = words("责任人", 50)
    held_on = past_day("实际开展日期")
    note = words("备注", 200)

    class Meta:
        verbose_name = "年度安排"
        ordering = ["-planned_on", "pk"]
        indexes = [models.Index(fields=["unit", "planned_on"], name="office_scheduled_day")]
        constraints = [TAGGED]

    def __str__(self):
        return f"{self.planned_on} {self.title}"


class Campaign(Fact):
    """A creation campaign: an honour that the office works for (先进文化社区, 示范街道)."""

    closes = Closes(("granted_on",), fixed=())

    name = models.CharField("创建名称", max_length=60)
    rank = models.CharField("级别", max_length=12, choices=Rank)
    grantor = words("命名单位")
    starts_on = models.DateField("启动日期")
    target_on = day("计划达标日期")
    ends_on = past_day("结束日期", help_text="命名、未通过或终止的日期。")
    granted_on = past_day("命名日期")
    result = words("创建结果", 200)

    class Meta:
        verbose_name = "创建活动"
        ordering = ["-starts_on", "name"]
        constraints = [
            TAGGED,
            *in_order("starts_on", "target_on", "ends_on", "granted_on"),
            models.CheckConstraint(
                condition=Q(granted_on__isnull=True) | Q(ends_on__isnull=False),
                name="office_campaign_granted_has_ended",
                violation_error_message="已命名的，请同时填写结束日期。",
            ),
        ]

    def __str__(self):
        return self.name


class CampaignIndicator(Part):
    """One indicator of a campaign with its target; it is reached by a progress record."""

    tags = "campaign__domains"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="indicators", verbose_name="创建活动"
    )
    title = models.CharField("指标", max_length=100)
    target = decimal("目标值")
    measure = words("计量", 10)

    class Meta:
        verbose_name = "创建指标"
        ordering = ["campaign", "pk"]
        constraints = not_negative("target")

    def __str__(self):
        return self.title


class IndicatorProgress(PartEvent):
    """How far an indicator was on a day."""

    tags = "indicator__campaign__domains"

    indicator = models.ForeignKey(
        CampaignIndicator, models.PROTECT, related_name="progress", verbose_name="创建指标"
    )
    value = decimal("完成值")
    note = words("进展说明", 200)

    class Meta(PartEvent.Meta):
        verbose_name = "创建进度"
        constraints = not_negative("value")

    def __str__(self):
        return f"{self.occurred_on} {self.indicator}"

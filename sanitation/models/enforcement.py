"""集镇整治: named operations, the actions of a day, what they dealt with; and what a clean-up took."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.constraints import in_order, not_negative
from portal.office.models.base import day, decimal, past_day, prose, words
from portal.wall.classes import Closes
from residents.models import Activity
from sanitation.enums.enforcement import Handling, TargetKind
from sanitation.enums.places import PointKind
from sanitation.models.base import OurKept, OurRecord


class EnforcementOperation(OurKept):
    """专项行动, which groups the actions of some weeks."""

    name = models.CharField("行动名称", max_length=60)
    starts_on = models.DateField("开始日期")
    ends_on = day("结束日期")
    basis = words("依据文件", 100)
    goal = prose("目标和要求")

    class Meta:
        verbose_name = "集镇整治行动"
        ordering = ["-starts_on", "name"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(deleted_at__isnull=True),
                name="enforcementoperation_once",
                violation_error_message="已有同名的整治行动。",
            ),
        ]

    def __str__(self):
        return self.name


class EnforcementAction(OurRecord):
    """One day out. ``roads`` are road segments, ``units`` those who took part, both joined by 顿号."""

    carries = ("items",)

    occurred_on = models.DateField("行动日期")
    operation = models.ForeignKey(
        EnforcementOperation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="整治行动",
    )
    title = models.CharField("整治内容", max_length=80)
    roads = words("路段", 200, help_text="多个路段用顿号隔开，如 S207、春垅公路。")
    units = words("参加单位", 200, help_text="多个单位用顿号隔开。")
    people = models.PositiveIntegerField("出动人员", null=True, blank=True)
    vehicles = models.PositiveIntegerField("出动车辆", null=True, blank=True)
    leader = words("带队人", 50)
    note = prose("整治情况")

    class Meta(OurRecord.Meta):
        verbose_name = "整治出动"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="enforcement_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.title}"


class EnforcementItem(OurRecord):
    """What an action dealt with: so many of one kind in that kind's measure; ``area`` in square metres."""

    closes = Closes(("occurred_on",), fixed=("quantity", "area"))

    action = models.ForeignKey(
        EnforcementAction, models.PROTECT, related_name="items", verbose_name="整治出动"
    )
    kind = models.CharField("整治对象", max_length=16, choices=TargetKind)
    quantity = models.PositiveIntegerField("数量")
    area = decimal("面积（平方米）", null=True, blank=True)
    handling = models.CharField("处理", max_length=12, choices=Handling)
    road = words("路段", 60)
    target = words("对象名称", 60)
    document = words("文书号", 40)
    rechecked_on = past_day("复查日期")
    recheck = words("复查情况", 100)

    class Meta(OurRecord.Meta):
        verbose_name = "整治事项"
        constraints = [
            *in_order("occurred_on", "rechecked_on"),
            *not_negative("area"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="enforcementitem_has_quantity",
                violation_error_message="数量至少为 1。",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.quantity}"


class CleanupDetail(OurRecord):
    """What a clean-up, a shared activity, took and brought away; ``tonnes`` of waste with three decimals."""

    kept_in = "集中清理"  # the ledger of activities that have one

    activity = models.OneToOneField(
        Activity, models.PROTECT, related_name="cleanup", verbose_name="集中清理"
    )
    scopes = ArrayField(
        models.CharField(max_length=12, choices=PointKind),
        verbose_name="清理范围",
        default=list,
    )
    vehicles = models.PositiveIntegerField("出动车辆", null=True, blank=True)
    tonnes = decimal("清理垃圾（吨）", places=3, null=True, blank=True)
    spots = models.PositiveIntegerField("清理死角（处）", null=True, blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "清理成果"
        constraints = not_negative("tonnes")

    def __str__(self):
        return f"{self.activity.title}"

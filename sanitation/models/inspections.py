"""检查: how it was held, the sample of groups, what was found, and what the community says of it.

Sees the inspected community nothing of it before ``is_open``: an inspection is opened when it is handed
in, an unannounced one when it is published.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.constraints import not_negative
from portal.office.enums import Rank
from portal.office.models.base import decimal, past_day, prose, words
from portal.wall.classes import Closes
from sanitation.enums.inspections import InspectionKind, ProblemType, SampleMethod
from sanitation.models.base import (
    HiddenUntilOpen,
    OurKept,
    OurRecord,
    community_field,
    grid_field,
)
from sanitation.models.places import InspectionPoint
from sanitation.models.rubrics import Rubric, RubricFault, RubricItem


class Inspection(HiddenUntilOpen, OurRecord):
    """``score`` of ``full`` applicable marks is set when it is handed in, and follows from its lines; only
    one of a superior may come with a score and no lines. ``rank`` is the level of the superior."""

    closes = Closes(("occurred_on",), fixed=())

    carries = ("items", "findings", "samples", "draws")

    kind = models.CharField("检查方式", max_length=12, choices=InspectionKind)
    rubric = models.ForeignKey(
        Rubric,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name="检查评分表",
    )
    inspectors = models.CharField("检查人", max_length=200, help_text="两人以上，用顿号隔开。")
    rank = models.CharField("上级级别", max_length=12, choices=Rank, blank=True)
    notified = models.BooleanField("事先通知", default=True)
    subject = words("检查内容", 100, help_text="如节前检查、创建检查、群众举报。")
    note = prose("检查情况")
    handed_in_on = past_day("提交日期", editable=False)
    published_at = models.DateTimeField("公布时间", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    score = decimal("得分", places=1, null=True, blank=True)
    full = decimal("满分", places=1, null=True, blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "环境卫生检查"
        indexes = [
            models.Index(fields=["community", "occurred_on"], name="inspection_community_day")
        ]
        constraints = [
            *not_negative("score", "full"),
            models.CheckConstraint(
                condition=~Q(kind=InspectionKind.UNANNOUNCED) | Q(notified=False),
                name="inspection_unannounced_not_notified",
                violation_error_message="暗访不能事先通知。",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True, full__isnull=True) | Q(full__gte=models.F("score")),
                name="inspection_score_within_full",
                violation_error_message="得分不能高于满分。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=InspectionKind.SUPERIOR) | ~Q(rank=""),
                name="inspection_superior_has_rank",
                violation_error_message="上级督查请选择上级级别。",
            ),
            models.CheckConstraint(
                condition=Q(is_open=False) | Q(handed_in_on__isnull=False),
                name="inspection_open_is_handed_in",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.community} {self.get_kind_display()}"


class InspectedItem(HiddenUntilOpen, OurKept):
    """What an inspection says of an item beyond its findings: not applicable, or a rate in percent."""

    follows = "inspection"

    community = community_field()
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="items", verbose_name="检查"
    )
    item = models.ForeignKey(RubricItem, models.PROTECT, related_name="+", verbose_name="项目")
    is_na = models.BooleanField("不适用", default=False)
    rate = decimal("比率（%）", null=True, blank=True)
    note = words("说明", 100)

    class Meta:
        verbose_name = "项目检查情况"
        ordering = ["inspection", "item"]
        constraints = [
            *not_negative("rate"),
            models.CheckConstraint(
                condition=Q(rate__isnull=True) | Q(rate__lte=100),
                name="inspecteditem_rate_within_hundred",
                violation_error_message="比率不能超过 100%。",
            ),
            models.UniqueConstraint(
                fields=["inspection", "item"],
                condition=Q(deleted_at__isnull=True),
                name="inspecteditem_once",
            ),
        ]

    def __str__(self):
        return f"{self.item}"


class SampledGroup(HiddenUntilOpen, OurKept):
    """A group that was looked at, and how it was chosen."""

    follows = "inspection"

    community = community_field()
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="samples", verbose_name="检查"
    )
    grid = grid_field()
    method = models.CharField("抽样方式", max_length=12, choices=SampleMethod)

    class Meta:
        verbose_name = "抽查小组"
        ordering = ["inspection", "grid"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "grid"],
                condition=Q(deleted_at__isnull=True),
                name="sampledgroup_once",
                violation_error_message="这个小组已在抽查名单中。",
            ),
        ]

    def __str__(self):
        return f"{self.grid}"


class GroupDraw(HiddenUntilOpen, OurKept):
    """A random draw, so that anybody can draw it again: frame, seed and result as they were.

    ``frame`` and ``result`` hold the codes of grids; the result follows from seed and frame alone.
    """

    follows = "inspection"

    community = community_field()
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="draws", verbose_name="检查"
    )
    seed = models.CharField("随机种子", max_length=64)
    frame = models.JSONField("抽样范围", default=list)
    wanted = models.PositiveSmallIntegerField("抽取数")
    result = models.JSONField("抽取结果", default=list)

    class Meta:
        verbose_name = "随机抽样"
        ordering = ["inspection", "pk"]

    def __str__(self):
        return f"{self.inspection} 抽取 {self.wanted}"


class Finding(HiddenUntilOpen, OurRecord):
    """A problem, so many occurrences of one fault; ``points`` is what they take off, before caps.

    ``same_as`` is the finding of another inspection that was the same problem: it counts once.
    ``key`` is given by the phone that it was typed on, so that sending twice stores once.
    """

    closes = Closes(("occurred_on",), fixed=("points",))

    follows = "inspection"

    community = community_field()
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="findings", verbose_name="检查"
    )
    fault = models.ForeignKey(
        RubricFault,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name="扣分情形",
        help_text="不用评分表的检查不填。",
    )
    problem = models.CharField("问题类型", max_length=12, choices=ProblemType)
    occurrences = models.PositiveSmallIntegerField("处数", default=1)
    points = decimal("扣分", places=1, default=0)
    point = models.ForeignKey(
        InspectionPoint,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name="检查点位",
    )
    place = words("具体位置", 80)
    household = words("户主姓名", 50, help_text="只有本社区和检查人员能看到。")
    description = words("情况", 200)
    found_at = models.DateTimeField("发现时间", null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=8, decimal_places=5, null=True, blank=True)
    is_serious = models.BooleanField("严重问题", default=False)
    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="repeats",
        verbose_name="与此为同一问题",
    )
    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)

    class Meta(OurRecord.Meta):
        verbose_name = "检查发现的问题"
        indexes = [models.Index(fields=["community", "occurred_on"], name="finding_community_day")]
        constraints = [
            *not_negative("points"),
            models.CheckConstraint(
                condition=Q(occurrences__gte=1),
                name="finding_has_occurrences",
                violation_error_message="处数至少为 1。",
            ),
        ]

    def __str__(self):
        return f"{self.get_problem_display()} {self.occurrences}处"


class InspectionReply(OurRecord):
    """The inspected community signs, or objects; its own row. The answer is the inspectors'."""

    closes = Closes(("occurred_on",), fixed=())

    inspection = models.OneToOneField(
        Inspection, models.PROTECT, related_name="reply", verbose_name="检查"
    )
    agrees = models.BooleanField("对检查结果", choices=[(True, "签认"), (False, "有异议")])
    signer = models.CharField("签认人", max_length=50)
    objection = prose("异议内容")
    answer = prose("答复", editable=False)
    answered_on = past_day("答复日期", editable=False)
    upheld = models.BooleanField("异议成立", null=True, editable=False)

    class Meta(OurRecord.Meta):
        verbose_name = "检查结果签认"
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(objection=""),
                name="inspectionreply_objection_is_told",
                violation_error_message="有异议的，请写明异议内容。",
            ),
        ]

    def __str__(self):
        return f"{self.inspection} {self.get_agrees_display()}"

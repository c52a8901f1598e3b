"""What belongs to a case: its steps, materials, pauses, hand-overs and co-handlers."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from portal.constraints import in_order
from portal.office.models import Station
from portal.spells import DateSpan
from portal.wall.classes import Closes
from servicecenter.enums.cases import CaseState, HandOverAnswer, HandOverKind, PauseReason
from servicecenter.models.agents import Agent
from servicecenter.models.base import OurKept, OurRecord
from servicecenter.models.cases import Case
from servicecenter.models.catalogue import ItemMaterial
from servicecenter.workflow import CASE

ACTIONS = {"register": "登记"} | {name: step.label for name, step in CASE.steps.items()}


class CaseStep(OurRecord):
    """One step that was taken; ``recorded_by`` took it at ``recorded_at``, it counts on its day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", verbose_name="办件")
    action = models.CharField("动作", max_length=12, choices=ACTIONS)
    source = models.CharField("原状态", max_length=12, choices=CaseState, blank=True)
    target = models.CharField("现状态", max_length=12, choices=CaseState)
    note = models.CharField("意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "办理环节"
        ordering = ["recorded_at", "pk"]
        indexes = [models.Index(fields=["case", "recorded_at"], name="casestep_case_at")]

    def __str__(self):
        return f"{self.occurred_on} {self.get_action_display()}"


class CaseMaterial(OurKept):
    """One material of the case: handed in on ``given_on``, or to follow by ``due_on`` (容缺)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="given", verbose_name="办件")
    material = models.ForeignKey(
        ItemMaterial,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="指南材料",
    )
    name = models.CharField("材料名称", max_length=80)
    originals = models.PositiveSmallIntegerField("原件（份）", default=0)
    copies = models.PositiveSmallIntegerField("复印件（份）", default=0)
    given_on = models.DateField("收件日期", null=True, blank=True)
    due_on = models.DateField("容缺补交期限", null=True, blank=True)
    note = models.CharField("备注", max_length=100, blank=True)

    class Meta:
        verbose_name = "办件材料"
        ordering = ["case", "pk"]

    def __str__(self):
        return self.name


class CasePause(OurKept):
    """挂起: the clock stands from ``starts_on`` until the day before ``ends_on``."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses", verbose_name="办件")
    reason = models.CharField("挂起原因", max_length=16, choices=PauseReason)
    evidence = models.CharField("依据", max_length=200, help_text="如公示编号、评定委托书。")
    starts_on = models.DateField("停钟日期")
    ends_on = models.DateField("恢复日期", null=True, blank=True)

    class Meta:
        verbose_name = "挂起"
        ordering = ["case", "starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="casepause_one_at_a_time",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (
                        DateSpan(
                            F("starts_on"),
                            F("ends_on"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=False),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这段时间已经挂起。",
            ),
        ]

    def __str__(self):
        return f"{self.starts_on} {self.get_reason_display()}"


class CaseHandOver(OurRecord):
    """派办 or 转办: offered to a station on ``occurred_on``, taken or returned by it."""

    closes = Closes(("occurred_on",), fixed=())

    case = models.ForeignKey(Case, models.PROTECT, related_name="hand_overs", verbose_name="办件")
    kind = models.CharField("方式", max_length=12, choices=HandOverKind)
    from_station = models.ForeignKey(
        Station, models.PROTECT, null=True, related_name="+", verbose_name="原承办站所"
    )
    from_handler = models.ForeignKey(
        Agent, models.PROTECT, null=True, related_name="+", verbose_name="原承办人"
    )
    station = models.ForeignKey(Station, models.PROTECT, related_name="+", verbose_name="接办站所")
    handler = models.ForeignKey(
        Agent, models.PROTECT, null=True, related_name="+", verbose_name="接办人"
    )
    answer = models.CharField(
        "答复", max_length=12, choices=HandOverAnswer, default=HandOverAnswer.WAITING
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "派办转办"
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(answer=HandOverAnswer.WAITING, deleted_at__isnull=True),
                name="casehandover_one_open",
                violation_error_message="这件还有一次派办没有答复。",
            ),
            models.CheckConstraint(
                condition=Q(answer=HandOverAnswer.WAITING, answered_on__isnull=True)
                | (~Q(answer=HandOverAnswer.WAITING) & Q(answered_on__isnull=False)),
                name="casehandover_answered_has_day",
            ),
            *in_order("occurred_on", "answered_on"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}{self.station}"


class CasePartner(OurKept):
    """A station that handles a 联办件 along with the lead station, which is the case's own."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="partners", verbose_name="办件")
    station = models.ForeignKey(Station, models.PROTECT, related_name="+", verbose_name="协办站所")
    handler = models.ForeignKey(
        Agent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="协办人"
    )
    asked_on = models.DateField("协办起始日期")
    done_on = models.DateField("协办完成日期", null=True, blank=True)
    opinion = models.CharField("协办意见", max_length=300, blank=True)

    class Meta:
        verbose_name = "协办"
        ordering = ["case", "pk"]
        constraints = [
            *in_order("asked_on", "done_on"),
            models.UniqueConstraint(
                fields=["case", "station"],
                condition=Q(deleted_at__isnull=True),
                name="casepartner_once",
                violation_error_message="这个站所已在协办这件。",
            ),
        ]

    def __str__(self):
        return str(self.station)

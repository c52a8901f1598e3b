"""督办: somebody is asked to get on with a case, and answers."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.wall.classes import Closes
from residents.models.shared import refuse_future
from servicecenter.enums.loops import SUPERVISION
from servicecenter.enums.supervision import (
    SupervisionLevel,
    SupervisionState,
    SupervisionTrigger,
)
from servicecenter.models.base import OurRecord
from servicecenter.models.cases import Case
from servicecenter.models.loops import LoopStep


class Supervision(OurRecord):
    """Open until its cause is gone, or the supervisor is content with the answer.

    ``occurred_on`` is the day on which it was raised; ``level_on`` that on which it reached its level.
    ``reply`` is the last answer, ``urge`` the last urging; ``steps`` keep all of them.
    """

    closes = Closes(("occurred_on",), fixed=())

    carries = ("steps",)

    occurred_on = models.DateField("督办日期")
    case = models.ForeignKey(Case, models.PROTECT, related_name="supervisions", verbose_name="办件")
    trigger = models.CharField(
        "督办原因",
        max_length=12,
        choices=SupervisionTrigger,
        default=SupervisionTrigger.BY_HAND,
    )
    level = models.CharField(
        "督办层级", max_length=8, choices=SupervisionLevel, default=SupervisionLevel.HANDLER
    )
    level_on = models.DateField("到达本级日期", editable=False)
    target = models.CharField("督办对象", max_length=60, help_text="由谁答复，如承办人姓名、站所。")
    asked_by = models.CharField("督办人", max_length=50, blank=True)
    ask = models.CharField("督办要求", max_length=300)
    reply_by = models.DateField("要求答复日期", null=True, blank=True)
    state = models.CharField(
        "督办状态",
        max_length=8,
        choices=SupervisionState,
        default=SupervisionState.WAITING,
        editable=False,
    )
    replied_on = models.DateField("答复日期", null=True, blank=True)
    replied_by = models.CharField("答复人", max_length=50, blank=True)
    reply = models.CharField("答复内容", max_length=500, blank=True)
    urged_on = models.DateField("最近催办日期", null=True, blank=True)
    urge = models.CharField("最近催办要求", max_length=300, blank=True)
    urges = models.PositiveSmallIntegerField(
        "催办次数", default=0, validators=[MinValueValidator(0)]
    )
    closed_on = models.DateField("销号日期", null=True, blank=True)
    closing = models.CharField("销号说明", max_length=300, blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "督办"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="supervision_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "trigger"],
                condition=Q(deleted_at__isnull=True) & ~Q(state=SupervisionState.CLOSED),
                name="supervision_one_open",
                violation_error_message="这件办件已有同一原因的督办没有销号，请在那一条上催办。",
            ),
            models.CheckConstraint(
                condition=Q(state=SupervisionState.CLOSED, closed_on__isnull=False)
                | (~Q(state=SupervisionState.CLOSED) & Q(closed_on__isnull=True)),
                name="supervision_closed_has_day",
                violation_error_message="销号的督办填销号日期；没有销号的不填。",
            ),
            models.CheckConstraint(
                condition=(Q(replied_on__isnull=True, reply="") | Q(replied_on__isnull=False))
                & (~Q(state=SupervisionState.ANSWERED) | Q(replied_on__isnull=False)),
                name="supervision_answered_has_day",
                violation_error_message="有答复的填答复日期。",
            ),
            *in_order("occurred_on", "replied_on", "urged_on", "closed_on", "reply_by"),
        ]

    def __str__(self):
        return f"{self.get_trigger_display()}督办 {self.case}"

    def clean(self):
        super().clean()
        refuse_future(self, "replied_on", "urged_on", "closed_on")


class SupervisionStep(LoopStep):
    """An answer, an urging, a step up the ladder, or the end of it."""

    action = models.CharField(
        "动作",
        max_length=12,
        choices={name: step.label for name, step in SUPERVISION.steps.items()},
    )
    supervision = models.ForeignKey(
        Supervision, models.PROTECT, related_name="steps", verbose_name="督办"
    )
    level = models.CharField("督办层级", max_length=8, choices=SupervisionLevel)

    class Meta(LoopStep.Meta):
        verbose_name = "督办环节"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="supervisionstep_unit_day")]

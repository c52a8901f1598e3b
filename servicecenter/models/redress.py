"""差评整改: what a bad rating sets going, from the call back to the review."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from portal.constraints import in_order
from portal.wall.classes import Closes
from residents.models.shared import refuse_future
from servicecenter.enums.loops import REDRESS, REDRESS_OVER
from servicecenter.enums.ratings import RedressState, VoidReason
from servicecenter.models.base import OurRecord
from servicecenter.models.loops import LoopStep
from servicecenter.models.ratings import Rating


def day(label: str):
    return models.DateField(label, null=True, blank=True)


def person(label: str):
    return models.CharField(label, max_length=50, blank=True)


def words(label: str):
    return models.CharField(label, max_length=500, blank=True)


class Redress(OurRecord):
    """One for each bad rating; it opens by itself on the day of the rating.

    Each step has its day, its person and its words; those of an earlier round are in ``steps``. Who
    remedied does not review.
    """

    closes = Closes(("occurred_on",), fixed=())

    carries = ("steps",)

    occurred_on = models.DateField("差评日期")
    rating = models.OneToOneField(
        Rating, models.PROTECT, related_name="redress", verbose_name="差评"
    )
    due_on = models.DateField("整改期限")
    state = models.CharField(
        "整改状态",
        max_length=12,
        choices=RedressState,
        default=RedressState.CALLING,
        editable=False,
    )
    called_on, called_by, heard = day("回访日期"), person("回访人"), words("回访核实情况")
    remedied_on, remedied_by, remedy = day("整改日期"), person("整改人"), words("整改措施")
    told_on, told_by, feedback = day("反馈日期"), person("反馈人"), words("反馈情况")
    reviewed_on, reviewed_by, review = day("复核日期"), person("复核人"), words("复核意见")
    appealed_on, appealed_by = day("申诉日期"), person("申诉人")
    appeal_for = models.CharField("申诉原因", max_length=12, choices=VoidReason, blank=True)
    appeal = words("申诉理由")
    judged_on, judged_by = day("申诉复核日期"), person("申诉复核人")
    judgement = words("申诉复核意见")
    rounds = models.PositiveSmallIntegerField("退回整改次数", default=0)
    closed_on = models.DateField("办结日期", null=True, blank=True, editable=False)

    class Meta(OurRecord.Meta):
        verbose_name = "差评整改"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="redress_unit_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(REDRESS_OVER), closed_on__isnull=False)
                | (~Q(state__in=sorted(REDRESS_OVER)) & Q(closed_on__isnull=True)),
                name="redress_over_has_day",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by="") | Q(remedied_by="") | ~Q(reviewed_by=F("remedied_by")),
                name="redress_reviewed_by_another",
                violation_error_message="整改人不能复核自己的整改，请换人复核。",
            ),
            models.CheckConstraint(
                condition=Q(judged_by="") | Q(appealed_by="") | ~Q(judged_by=F("appealed_by")),
                name="redress_judged_by_another",
                violation_error_message="申诉人不能复核自己的申诉，请换人复核。",
            ),
            *in_order("occurred_on", "due_on", "called_on"),
            *in_order("called_on", "remedied_on", "appealed_on"),
            *in_order("remedied_on", "told_on"),
            *in_order("told_on", "reviewed_on"),
            *in_order("appealed_on", "judged_on"),
        ]

    def __str__(self):
        return f"差评整改 {self.rating.case}"

    def clean(self):
        super().clean()
        days = ("called_on", "remedied_on", "told_on", "reviewed_on", "appealed_on", "judged_on")
        refuse_future(self, *days)
        if self.rating_id and not self.rating.is_bad:
            raise ValidationError({"rating": "只有差评（不满意、非常不满意）需要整改。"})


class RedressStep(LoopStep):
    """One step of a redress, of whichever round."""

    action = models.CharField(
        "动作", max_length=12, choices={name: step.label for name, step in REDRESS.steps.items()}
    )
    redress = models.ForeignKey(
        Redress, models.PROTECT, related_name="steps", verbose_name="差评整改"
    )

    class Meta(LoopStep.Meta):
        verbose_name = "整改环节"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="redressstep_unit_day")]

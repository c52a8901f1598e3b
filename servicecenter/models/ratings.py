"""好差评: what the applicant thinks of how a case was handled, and the invitation to say so."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.wall.classes import Closes
from residents.models.shared import refuse_future
from servicecenter.enums.ratings import WORST_GOOD, RatingChannel, RatingLevel, VoidReason
from servicecenter.models.base import OurKept, OurRecord
from servicecenter.models.cases import Case
from servicecenter.workflow import FINISHED

ONE_TO_FIVE = [MinValueValidator(1, "请填 1 至 5。"), MaxValueValidator(5, "请填 1 至 5。")]


def score(label: str):
    """An optional mark of one to five."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=ONE_TO_FIVE, help_text="1 至 5 分，没有评的不填。"
    )


class RatingInvitation(OurKept):
    """The one link that rates a case; its token is derived by key and stored as a hash alone.

    ``serial`` counts the case's invitations: after a case is reopened and replied again there is a
    new one, and the former ones are revoked.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="invitations", verbose_name="办件")
    serial = models.PositiveSmallIntegerField("第几次邀请")
    token_hash = models.CharField(max_length=32, unique=True, editable=False)
    expires_on = models.DateField("有效期至")
    used_at = models.DateTimeField("使用时间", null=True, editable=False)
    revoked_on = models.DateField("收回日期", null=True, editable=False)

    class Meta:
        verbose_name = "评价邀请"
        ordering = ["case", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["case", "serial"], name="invitation_serial_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(used_at__isnull=True, revoked_on__isnull=True, deleted_at__isnull=True),
                name="invitation_one_open",
                violation_error_message="这件办件已有一个没有用过的评价链接。",
            ),
        ]

    def __str__(self):
        return f"{self.case} 评价邀请 {self.serial}"


class Rating(OurRecord):
    """One valid rating for each case; ``occurred_on`` is the day on which it was given.

    A voided one stays as it was given and no longer counts. ``later_level`` is the supplementary
    rating (追评), once and afterwards; what counts is the first. The level has no default.
    """

    closes = Closes(("occurred_on", "later_on"), fixed=())

    occurred_on = models.DateField("评价日期")
    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings", verbose_name="办件")
    level = models.PositiveSmallIntegerField("评价等级", choices=RatingLevel)
    channel = models.CharField("评价方式", max_length=12, choices=RatingChannel)
    efficiency = score("服务效率")
    ability = score("服务水平")
    attitude = score("服务态度")
    comment = models.CharField("评价意见", max_length=500, blank=True)
    called_by = models.CharField(
        "回访人", max_length=50, blank=True, help_text="电话回访的填写是谁打的电话。"
    )
    later_level = models.PositiveSmallIntegerField(
        "追评等级", choices=RatingLevel, null=True, blank=True
    )
    later_on = models.DateField("追评日期", null=True, blank=True)
    later_comment = models.CharField("追评意见", max_length=500, blank=True)
    voided_on = models.DateField("不计入日期", null=True, blank=True, editable=False)
    void_reason = models.CharField(
        "不计入原因", max_length=12, choices=VoidReason, blank=True, editable=False
    )
    void_words = models.CharField("不计入说明", max_length=300, blank=True, editable=False)

    class Meta(OurRecord.Meta):
        verbose_name = "评价"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="rating_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(deleted_at__isnull=True, voided_on__isnull=True),
                name="rating_one_valid",
                violation_error_message="这件办件已经评价过，一件只评一次；事后的意见可以追评。",
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5)
                & (Q(later_level__isnull=True) | Q(later_level__gte=1, later_level__lte=5)),
                name="rating_level_one_to_five",
                violation_error_message="评价等级为五级。",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True})
                    | Q(**{f"{name}__gte": 1, f"{name}__lte": 5}),
                    name=f"rating_{name}_one_to_five",
                    violation_error_message="分项评价为 1 至 5 分。",
                )
                for name in ("efficiency", "ability", "attitude")
            ),
            models.CheckConstraint(
                condition=~Q(channel=RatingChannel.CALL_BACK) | ~Q(called_by=""),
                name="rating_call_back_says_who",
                violation_error_message="电话回访的请填写回访人。",
            ),
            models.CheckConstraint(
                condition=Q(later_level__isnull=True, later_on__isnull=True, later_comment="")
                | Q(later_level__isnull=False, later_on__isnull=False),
                name="rating_later_has_day",
                violation_error_message="追评的等级和日期一起填写。",
            ),
            models.CheckConstraint(
                condition=Q(voided_on__isnull=True, void_reason="", void_words="")
                | (Q(voided_on__isnull=False) & ~Q(void_reason="")),
                name="rating_voided_has_reason",
                violation_error_message="不计入的评价有日期和原因。",
            ),
            *in_order("occurred_on", "later_on", "voided_on"),
        ]

    def __str__(self):
        return f"{self.case} {self.get_level_display()}"

    @property
    def is_bad(self) -> bool:
        return self.level < WORST_GOOD

    def clean(self):
        super().clean()
        refuse_future(self, "later_on")
        case = self.case if self.case_id else None
        if case is None or not self._state.adding:
            return
        if case.state not in FINISHED:
            raise ValidationError({"case": "这件办件还没有办结，办结后才能评价。"})
        if self.occurred_on and self.occurred_on < case.decided_on:
            raise ValidationError({"occurred_on": "评价日期不能早于办结日期。"})

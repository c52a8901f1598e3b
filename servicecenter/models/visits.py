"""民情走访: what the agency must know of a shared visit beyond the visit itself, and its checklist."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.records import ReadBelow
from portal.spells import span
from residents.models import Household, Visit
from servicecenter.enums.visits import ChecklistGroup
from servicecenter.models.base import OurKept


class ChecklistItem(ReadBelow, OurKept):
    """One item of 四知四清四掌握, from a day to a day; a changed wording is a new row.

    A unit that keeps items of its own goes by them, else by the street's.
    """

    group = models.CharField("类别", max_length=8, choices=ChecklistGroup)
    ordinal = models.PositiveSmallIntegerField("序号", validators=[MinValueValidator(1)])
    text = models.CharField(
        "内容", max_length=30, help_text="一项一条，写短些，如“家庭成员情况”；不用顿号和逗号。"
    )
    starts_on = models.DateField("启用日期")
    ends_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "走访清单项"
        ordering = ["group", "ordinal"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="servicecenter_checklistitem_once_at_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    ("ordinal", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这一类在这段时间已有同一序号的内容。",
            ),
        ]

    def __str__(self):
        return self.text


class FolkVisit(OurKept):
    """What 民情走访 adds to one shared visit; written by ``services.visits`` together with it.

    ``asked`` items stood on the checklist that day, of which ``known`` were found out.
    """

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="folk", verbose_name="走访")
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        related_name="folk_visits",
        verbose_name="走到的户",
    )
    need = models.CharField("发现的需求", max_length=300, blank=True)
    asked = models.PositiveSmallIntegerField("清单项数", default=0)
    known = models.PositiveSmallIntegerField("已掌握项数", default=0)

    class Meta:
        verbose_name = "民情走访"
        constraints = [
            models.CheckConstraint(
                condition=Q(known__lte=models.F("asked")),
                name="servicecenter_folkvisit_known_of_asked",
                violation_error_message="已掌握的项数不能多于清单项数。",
            ),
        ]

    def __str__(self):
        return str(self.visit)


class ChecklistAnswer(OurKept):
    """Whether an item was found out in a visit; one for each item of the checklist that day."""

    folk = models.ForeignKey(FolkVisit, models.PROTECT, related_name="answers", verbose_name="走访")
    item = models.ForeignKey(
        ChecklistItem, models.PROTECT, related_name="answers", verbose_name="清单项"
    )
    known = models.BooleanField("已掌握", default=False)

    class Meta:
        verbose_name = "走访清单答案"
        ordering = ["item__group", "item__ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["folk", "item"],
                condition=Q(deleted_at__isnull=True),
                name="servicecenter_checklistanswer_once",
            ),
        ]

    def __str__(self):
        return f"{self.item} {'已掌握' if self.known else '未掌握'}"

"""评分表: what is looked at, the full marks, and what each fault takes off; by editions.

An edition that an inspection used never changes: a change is a new edition, so that old scores stay.
"""

from django.db import models
from django.db.models import Q

from portal.constraints import in_order, not_negative
from portal.office.models.base import day, decimal, words
from portal.records import ReadBelow
from sanitation.enums.inspections import ProblemType
from sanitation.enums.places import PointKind
from sanitation.models.base import OurKept


class Rubric(ReadBelow, OurKept):
    """One edition. The grades begin at these points of a hundred (domain §4.2)."""

    carries = ("items",)

    name = models.CharField("名称", max_length=60)
    edition = models.PositiveSmallIntegerField("版次", default=1)
    starts_on = models.DateField("启用日期")
    ends_on = day("停用日期")
    excellent_from = decimal("优（分）", places=1, default=90)
    good_from = decimal("良（分）", places=1, default=80)
    pass_from = decimal("合格（分）", places=1, default=70)
    note = words("说明", 200)

    class Meta:
        verbose_name = "检查评分表"
        ordering = ["name", "-edition"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["unit", "name", "edition"],
                condition=Q(deleted_at__isnull=True),
                name="rubric_edition_once",
                violation_error_message="这一版评分表已有。",
            ),
            models.CheckConstraint(
                condition=Q(excellent_from__gt=models.F("good_from"))
                & Q(good_from__gt=models.F("pass_from")),
                name="rubric_grades_descend",
                violation_error_message="等次的分数线应当优高于良、良高于合格。",
            ),
        ]

    def __str__(self):
        return f"{self.name}（第{self.edition}版）"


class RubricItem(ReadBelow, OurKept):
    """``cap`` is the most that the item's faults take off, empty for its full marks. An item ``by_rate``
    gives its marks by a percentage instead of faults. ``may_be_na``: a community without such places
    leaves it out, and its marks count for nobody."""

    carries = ("faults",)

    rubric = models.ForeignKey(
        Rubric, models.PROTECT, related_name="items", verbose_name="检查评分表"
    )
    ordinal = models.PositiveSmallIntegerField("序号")
    title = models.CharField("项目", max_length=80)
    place_kind = models.CharField("地点类别", max_length=12, choices=PointKind, blank=True)
    maximum = decimal("分值", places=1)
    cap = decimal("扣分上限", places=1, null=True, blank=True, help_text="不填即扣完为止。")
    by_rate = models.BooleanField("按比率计分", default=False)
    needs_photo = models.BooleanField("扣分须有照片", default=True)
    may_be_na = models.BooleanField("可不适用", default=False)

    class Meta:
        verbose_name = "评分项目"
        ordering = ["rubric", "ordinal"]
        constraints = [
            *not_negative("maximum", "cap"),
            models.UniqueConstraint(
                fields=["rubric", "ordinal"],
                condition=Q(deleted_at__isnull=True),
                name="rubricitem_once",
                violation_error_message="这个序号已有项目。",
            ),
        ]

    def __str__(self):
        return self.title


class RubricFault(ReadBelow, OurKept):
    """One way to lose marks on an item: 成堆，每处扣 2 分. ``points`` is what one occurrence takes off."""

    item = models.ForeignKey(
        RubricItem, models.PROTECT, related_name="faults", verbose_name="评分项目"
    )
    ordinal = models.PositiveSmallIntegerField("序号")
    title = models.CharField("扣分情形", max_length=60)
    points = decimal("每处扣分", places=1)
    measure = models.CharField("计量", max_length=4, default="处")
    problem = models.CharField("问题类型", max_length=12, choices=ProblemType)
    is_serious = models.BooleanField(
        "严重问题", default=False, help_text="常规巡查发现的，按季度标准扣分并计入季度得分。"
    )

    class Meta:
        verbose_name = "扣分情形"
        ordering = ["item", "ordinal"]
        constraints = [
            *not_negative("points"),
            models.UniqueConstraint(
                fields=["item", "ordinal"],
                condition=Q(deleted_at__isnull=True),
                name="rubricfault_once",
                violation_error_message="这个序号已有扣分情形。",
            ),
        ]

    def __str__(self):
        return self.title

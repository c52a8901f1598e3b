"""Care tags: 低保, 特困, 孤寡老人 … dated, from an editable table."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from portal.records import Kept
from portal.wall.classes import Closes, Exempt
from residents.models.people import Resident
from residents.models.shared import SpellQuerySet, ends_after_start, span


class CareKind(models.Model):
    """One kind of care tag; offices add their own."""

    wall = Exempt("a code table, the same for every unit", audited=True)
    reference_data = True

    code = models.SlugField("代码", max_length=24, unique=True)
    name = models.CharField("名称", max_length=20, unique=True)
    ordinal = models.PositiveSmallIntegerField("顺序", default=100)
    is_retired = models.BooleanField(
        "停用", default=False, help_text="停用后不能再认定，已有的认定不变。"
    )

    class Meta:
        verbose_name = "关爱类别"
        ordering = ["ordinal", "code"]

    def __str__(self):
        return self.name


class CareTag(Kept):
    """A resident's tag from a day to a day (both included)."""

    closes = Closes(("starts_on", "ends_on"), fixed=())

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="care_tags", verbose_name="居民"
    )
    kind = models.ForeignKey(CareKind, models.PROTECT, related_name="+", verbose_name="类别")
    starts_on = models.DateField("认定日期")
    ends_on = models.DateField("终止日期", null=True, blank=True)
    note = models.CharField("依据", max_length=100, blank=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "关爱对象"
        ordering = ["-starts_on"]
        constraints = [
            ends_after_start("caretag_ends_after_start"),
            ExclusionConstraint(
                name="caretag_once_at_a_time",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这位居民在这段时间已有同一类别的认定。",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.kind}"

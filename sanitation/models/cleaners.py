"""保洁员: who they are, which grid each answers for, when they are away, what they were taught."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from portal.constraints import in_order, not_negative
from portal.office.models.base import day, decimal, past_day, words
from portal.spells import span
from portal.wall.classes import Closes
from residents.enums import Sex
from residents.models import Activity
from residents.models.outside import OutsidePerson
from residents.models.shared import SpellQuerySet
from sanitation.enums.places import Employment, LeaveKind
from sanitation.models.base import (
    AboutCommunity,
    OurKept,
    OurRecord,
    community_field,
    grid_field,
)


class Cleaner(AboutCommunity, OutsidePerson, OurKept):
    """Birth date and sex follow from the ID where one is given. ``pay`` is yuan a month."""

    closes = Closes(("starts_on", "ends_on"), fixed=())

    carries = ("leaves", "assignments")

    sex = models.PositiveSmallIntegerField("性别", choices=Sex, null=True, blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    employment = models.CharField("用工方式", max_length=12, choices=Employment)
    pay = decimal("月报酬（元）", null=True, blank=True)
    tools = words("配发工具", 100)
    starts_on = models.DateField("上岗日期")
    ends_on = past_day("离岗日期")
    note = words("备注", 200)

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "保洁员"
        ordering = ["community", "name"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            *not_negative("pay"),
            models.UniqueConstraint(
                fields=["number_hash", "unit"],
                condition=Q(
                    deleted_at__isnull=True, ends_on__isnull=True, number_hash__isnull=False
                ),
                name="cleaner_once",
                violation_error_message="这个证件号码的保洁员已在岗。",
            ),
        ]

    def __str__(self):
        return self.name


class OfCleaner(AboutCommunity, OurKept):
    """A row about a cleaner, and so about the cleaner's community."""

    follows = "cleaner"

    community = community_field()

    class Meta:
        abstract = True


class CleanerLeave(OfCleaner):
    """请假, both days included; ``substitute`` is who stands in."""

    closes = Closes(("starts_on",), fixed=())

    cleaner = models.ForeignKey(
        Cleaner, models.PROTECT, related_name="leaves", verbose_name="保洁员"
    )
    kind = models.CharField("类别", max_length=8, choices=LeaveKind)
    starts_on = models.DateField("请假起")
    ends_on = models.DateField("请假止")
    substitute = words("顶岗人", 50)

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "保洁员请假"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="cleanerleave_one_at_a_time",
                expressions=[
                    ("cleaner", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这位保洁员在这段时间已登记请假。",
            ),
        ]

    def __str__(self):
        return f"{self.cleaner} {self.starts_on}"


class GridAssignment(OfCleaner):
    """A cleaner answers for a grid from a day on; several may share one."""

    cleaner = models.ForeignKey(
        Cleaner, models.PROTECT, related_name="assignments", verbose_name="保洁员"
    )
    grid = grid_field()
    duty = words("责任区域", 100)
    starts_on = models.DateField("起始日期")
    ends_on = day("截止日期")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "保洁网格责任"
        ordering = ["community", "grid", "-starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="gridassignment_once_at_a_time",
                expressions=[
                    ("cleaner", RangeOperators.EQUAL),
                    ("grid", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这位保洁员在这段时间已负责这个网格。",
            ),
        ]

    def __str__(self):
        return f"{self.grid} {self.cleaner}"


class CleanerAttendance(AboutCommunity, OurRecord):
    """A cleaner took part in a training, which is a shared activity tagged with sanitation."""

    follows = "cleaner"

    community = community_field()
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="cleaners_taught", verbose_name="培训"
    )
    cleaner = models.ForeignKey(
        Cleaner, models.PROTECT, related_name="trainings", verbose_name="保洁员"
    )
    passed = models.BooleanField("考核合格", null=True, blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "保洁员培训"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "cleaner"],
                condition=Q(deleted_at__isnull=True),
                name="cleanerattendance_once",
                violation_error_message="这位保洁员已登记参加这次培训。",
            ),
        ]

    def __str__(self):
        return f"{self.cleaner} {self.activity.title}"

"""康复方案: templates to begin from, the plan of one person, and its reviews."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from disability.enums.plans import Consenter, PlanGroup, PlanProgress, PlanState
from portal.constraints import in_order
from portal.records import Kept, Record
from portal.scope import above
from portal.spells import span
from portal.wall.classes import Closes, Down
from residents.models import Resident

LINES = "一行一条。"


def months(label, **options):
    limits = [MinValueValidator(1), MaxValueValidator(24)]
    return models.PositiveSmallIntegerField(label, default=3, validators=limits, **options)


class PlanTemplate(Kept):
    """What plans of one group usually aim at and do; those of the street serve all below it."""

    domain = "disability"
    wall = Down()

    name = models.CharField("范本名称", max_length=40)
    group = models.CharField("适用人群", max_length=16, choices=PlanGroup)
    goals = models.TextField("康复目标", max_length=1500, help_text=LINES)
    measures = models.TextField("康复措施", max_length=3000, help_text=LINES)
    review_months = months("复评间隔（月）")
    is_retired = models.BooleanField("停用", default=False)

    class Meta:
        verbose_name = "方案范本"
        ordering = ["group", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(deleted_at__isnull=True),
                name="plantemplate_name_once",
                violation_error_message="本单位已有同名的范本。",
            ),
        ]

    def __str__(self):
        return f"{self.get_group_display()}：{self.name}"

    @classmethod
    def scope_condition(cls, units) -> Q:
        return Q(unit__in=units) | Q(unit__in=above(units))


class RehabPlan(Kept):
    """One person's plan of one group, in force from ``starts_on`` to ``ends_on`` (both included).

    While it is carried out ``ends_on`` is the day planned, or empty; afterwards the day it ended."""

    closes = Closes(("made_on",), fixed=())

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="rehab_plans", verbose_name="居民"
    )
    group = models.CharField("方案类别", max_length=16, choices=PlanGroup)
    template = models.ForeignKey(
        PlanTemplate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name="方案范本",
        help_text="目标、措施留空的，按所选范本填入，再按本人情况修改。",
    )
    made_on = models.DateField("制订日期")
    made_by = models.CharField("制订人", max_length=60)
    assessment = models.TextField("评估情况", max_length=2000, blank=True)
    goals = models.TextField("康复目标", max_length=1500, help_text=LINES)
    measures = models.TextField("康复措施", max_length=3000, help_text=LINES)
    review_months = months("复评间隔（月）")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField(
        "结束日期", null=True, blank=True, help_text="执行中的填计划结束日期，可不填。"
    )
    consented_on = models.DateField("告知并同意日期", null=True, blank=True)
    consented_by = models.CharField("同意人", max_length=8, choices=Consenter, blank=True)
    state = models.CharField("状态", max_length=8, choices=PlanState, default=PlanState.ACTIVE)
    result = models.CharField("完成（中止）情况", max_length=300, blank=True)

    class Meta:
        verbose_name = "康复方案"
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["unit", "made_on"], name="rehabplan_unit_day")]
        constraints = [
            *in_order("made_on", "starts_on"),
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="rehabplan_one_of_a_group_at_a_time",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这位居民这一类方案在这段时间已有一份，请先完成或中止那一份。",
            ),
            models.CheckConstraint(
                condition=Q(state="active") | Q(ends_on__isnull=False),
                name="rehabplan_over_has_a_day",
                violation_error_message="已完成或中止的，请填写结束日期。",
            ),
            models.CheckConstraint(
                condition=Q(consented_on__isnull=True, consented_by="")
                | (Q(consented_on__isnull=False) & ~Q(consented_by="")),
                name="rehabplan_consent_whole",
                violation_error_message="告知并同意日期和同意人要一起填写。",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.get_group_display()}方案"


class PlanReview(Record):
    """How far a plan has come, on ``occurred_on``; ``adjusted`` is what is done otherwise from then on."""

    domain = "disability"

    plan = models.ForeignKey(
        RehabPlan, models.PROTECT, related_name="reviews", verbose_name="康复方案"
    )
    progress = models.CharField("进展", max_length=8, choices=PlanProgress)
    findings = models.TextField("复评情况", max_length=1000, blank=True)
    adjusted = models.TextField("调整的措施", max_length=1500, blank=True, help_text=LINES)
    reviewer = models.CharField("复评人", max_length=60)

    class Meta:
        verbose_name = "方案复评"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="planreview_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "occurred_on"],
                condition=Q(deleted_at__isnull=True),
                name="planreview_once_a_day",
                violation_error_message="这份方案当天已登记过复评。",
            ),
        ]

    def __str__(self):
        return f"{self.plan} {self.occurred_on}"

"""需求调查: what each person was asked once a year, and what came of each need."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from disability.enums.needs import RAISED, NeedClass, NeedState
from portal.constraints import in_order
from portal.records import Record
from portal.wall.classes import Closes
from residents.enums import VisitMode
from residents.models import Resident


class NeedsSurvey(Record):
    """One person asked in one year's round; ``occurred_on`` is the day on which they were asked.

    Each class in ``needs`` is followed up by a Need, kept in step by services.needs."""

    domain = "disability"
    carries = ("raised",)

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="needs_surveys", verbose_name="居民"
    )
    year = models.PositiveSmallIntegerField(
        "调查年度",
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        help_text="每人每年度只登记一次；不填的按调查日期。",
    )
    mode = models.CharField("方式", max_length=8, choices=VisitMode, default=VisitMode.HOME)
    surveyor = models.CharField("调查人", max_length=60)
    needs = ArrayField(
        models.CharField(max_length=16, choices=NeedClass),
        verbose_name="康复需求",
        help_text="没有需求的选“无需求”，不要空着。",
    )
    detail = models.TextField("具体情况", max_length=1000, blank=True)

    class Meta:
        verbose_name = "需求调查"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="needssurvey_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "year"],
                condition=Q(deleted_at__isnull=True),
                name="needssurvey_once_a_year",
                violation_error_message="这位居民这个年度已经调查过，请修改那一条。",
            ),
            models.CheckConstraint(
                condition=Q(needs__len__gte=1),
                name="needssurvey_has_an_answer",
                violation_error_message="请选择康复需求；没有需求的选“无需求”。",
            ),
            models.CheckConstraint(
                condition=~Q(needs__contains=["none"]) | Q(needs=["none"]),
                name="needssurvey_none_stands_alone",
                violation_error_message="选了“无需求”，就不能再选别的需求。",
            ),
        ]

    def __str__(self):
        return f"{self.year}年 {self.resident}"


class Need(Record):
    """One need that was raised, by a survey or else; ``occurred_on`` is the day it was raised."""

    closes = Closes(("occurred_on",), fixed=())

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="rehab_needs", verbose_name="居民"
    )
    survey = models.ForeignKey(
        NeedsSurvey,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="raised",
        verbose_name="需求调查",
    )
    kind = models.CharField("需求类别", max_length=16, choices=RAISED)
    item = models.CharField(
        "具体需求", max_length=100, blank=True, help_text="如：轮椅、白内障手术。"
    )
    state = models.CharField("状态", max_length=12, choices=NeedState, default=NeedState.OPEN)
    arranged = models.CharField("安排情况", max_length=200, blank=True)
    met_on = models.DateField("满足日期", null=True, blank=True)

    class Meta:
        verbose_name = "康复需求"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="need_unit_day")]
        constraints = [
            *in_order("occurred_on", "met_on"),
            models.UniqueConstraint(
                fields=["survey", "kind"],
                condition=Q(deleted_at__isnull=True, survey__isnull=False),
                name="need_once_per_survey",
                violation_error_message="这次调查已登记过这一类需求。",
            ),
            models.CheckConstraint(
                condition=Q(state="met", met_on__isnull=False)
                | (~Q(state="met") & Q(met_on__isnull=True)),
                name="need_met_has_a_day",
                violation_error_message="已满足的填满足日期；还没有满足的不填。",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.get_kind_display()}"

"""Programmes in shared facilities, the days on which they rest, and who is enrolled in them."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from disability.enums import Category
from disability.enums.programmes import (
    WORKING_WEEK,
    DoseTime,
    EnrolmentEnd,
    ProgrammeKind,
    Weekday,
)
from portal.constraints import in_order
from portal.office.models import Facility
from portal.records import Kept
from portal.spells import span
from portal.wall.classes import Closes
from residents.models import Resident
from residents.models.shared import SpellQuerySet

OVERLAP = "overlap"  # the code of refusals that forms show at the first day


def no_overlap(name: str, *same: str, message: str) -> ExclusionConstraint:
    """No two kept spells of the same …; the refusal carries the code ``OVERLAP``."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in same),
            (span(), RangeOperators.OVERLAPS),
        ],
        condition=Q(deleted_at__isnull=True),
        violation_error_code=OVERLAP,
        violation_error_message=message,
    )


def working_week() -> list[str]:
    return list(WORKING_WEEK)


class Programme(Kept):
    """What a facility offers to enrolled people: from a day to a day, on some days of the week.

    ``youngest`` and ``oldest`` are whole years on the first day of an enrolment, both included;
    empty is no limit. ``categories`` are the kinds of disability admitted, none is all.
    """

    domain = "disability"

    name = models.CharField("项目名称", max_length=40)
    kind = models.CharField("类型", max_length=12, choices=ProgrammeKind)
    facility = models.ForeignKey(
        Facility,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name="所在场所",
        help_text="在“设施”中登记过的场所。",
    )
    starts_on = models.DateField("开办日期")
    ends_on = models.DateField("停办日期", null=True, blank=True, help_text="最后一天。")
    youngest = models.PositiveSmallIntegerField(
        "最小年龄", null=True, blank=True, help_text="入托当天的周岁；阳光之家不填按 16 岁。"
    )
    oldest = models.PositiveSmallIntegerField(
        "最大年龄", null=True, blank=True, help_text="入托当天的周岁；阳光之家不填按 35 岁。"
    )
    categories = ArrayField(
        models.CharField(max_length=1, choices=Category),
        verbose_name="接收的残疾类别",
        default=list,
        blank=True,
        help_text="不选为不限。",
    )
    capacity = models.PositiveSmallIntegerField("容纳人数", null=True, blank=True)
    weekdays = ArrayField(
        models.CharField(max_length=1, choices=Weekday),
        verbose_name="每周开放日",
        default=working_week,
    )
    hours = models.CharField(
        "开放时间", max_length=60, blank=True, help_text="如 8:30—11:30、14:00—16:30。"
    )
    head = models.CharField("负责人", max_length=50, blank=True)
    tasks = models.TextField(
        "服务内容", max_length=2000, blank=True, help_text="如按时服药、精神护理、与家长联系。"
    )

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "活动项目"
        ordering = ["kind", "name", "pk"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(youngest__isnull=True)
                | Q(oldest__isnull=True)
                | Q(oldest__gte=F("youngest")),
                name="programme_ages_in_order",
                violation_error_message="最大年龄不能小于最小年龄。",
            ),
            models.CheckConstraint(
                condition=~Q(weekdays=[]),
                name="programme_opens_some_day",
                violation_error_message="请至少选择一个开放日。",
            ),
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(deleted_at__isnull=True),
                name="programme_once",
                violation_error_message="本单位已有同名的活动项目。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def ages(self) -> str:
        """The age rule in words; "" where there is none."""
        match self.youngest, self.oldest:
            case None, None:
                return ""
            case youngest, None:
                return f"{youngest} 周岁及以上"
            case None, oldest:
                return f"{oldest} 周岁及以下"
            case youngest, oldest:
                return f"{youngest}—{oldest} 周岁"

    def refusal_of_age(self, resident, day: date) -> str:
        """Why the person is too young or too old to begin on this day; "" otherwise."""
        age = resident.age_on(day)
        if age is None:
            return ""
        young = self.youngest is not None and age < self.youngest
        old = self.oldest is not None and age > self.oldest
        if not young and not old:
            return ""
        return f"{resident.name}在{day}为 {age} 周岁，不符合{self.name}收 {self.ages}的规定。"

    def admits(self, categories: set[str]) -> bool:
        """Whether one of a person's kinds of disability is among those that it takes."""
        return not self.categories or bool(categories & set(self.categories))

    def opens_on(self, day: date, closures=()) -> bool:
        """Whether it is open by weekday, and rests in none of these closures."""
        if day < self.starts_on or (self.ends_on and day > self.ends_on):
            return False
        if str(day.isoweekday()) not in self.weekdays:
            return False
        return not any(closure.starts_on <= day <= closure.ends_on for closure in closures)

    def opening_days(self, first: date, last: date, closures=()) -> list[date]:
        """The days of a period, both ends included, on which it is open."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.opens_on(day, closures)]


class ProgrammeClosure(Kept):
    """Days, both included, on which a programme rests though the weekday is one of its own."""

    domain = "disability"

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="closures", verbose_name="活动项目"
    )
    starts_on = models.DateField("停开起始日期")
    ends_on = models.DateField(
        "停开结束日期", help_text="停开的最后一天；只停一天的与起始日期相同。"
    )
    reason = models.CharField("原因", max_length=60, help_text="如春节放假、场地维修。")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "停开安排"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            no_overlap(
                "programme_closure_apart", "programme", message="这个项目在这段时间已登记停开。"
            ),
        ]

    def __str__(self):
        return f"{self.programme} {self.starts_on}—{self.ends_on} {self.reason}"


class Enrolment(Kept):
    """The days, both included, for which a resident is enrolled in a programme.

    Whom to call is not kept here: the guardian stands in the disability file.
    """

    closes = Closes(("starts_on", "ends_on"), fixed=())

    domain = "disability"

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="enrolments", verbose_name="活动项目"
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="enrolments", verbose_name="居民"
    )
    starts_on = models.DateField("入托日期")
    ends_on = models.DateField(
        "离托日期", null=True, blank=True, help_text="最后一天；仍在项目中的不填。"
    )
    end_reason = models.CharField("离托原因", max_length=12, choices=EnrolmentEnd, blank=True)
    dose_times = ArrayField(
        models.CharField(max_length=1, choices=DoseTime),
        verbose_name="在项目中服药",
        default=list,
        blank=True,
        help_text="需由工作人员发药的时段；不服药的不选。",
    )
    note = models.CharField("备注", max_length=200, blank=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "入托登记"
        ordering = ["programme", "starts_on", "pk"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, end_reason="")
                | (Q(ends_on__isnull=False) & ~Q(end_reason="")),
                name="enrolment_end_has_reason",
                violation_error_message="离托日期和离托原因要一并填写；仍在项目中的都不填。",
            ),
            no_overlap(
                "enrolment_apart",
                "programme",
                "resident",
                message="这位居民在这段时间已在这个项目中，起止日期不能重叠。",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.programme}"

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

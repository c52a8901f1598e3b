"""What happens in a programme day by day: attendance, timetable and sessions."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from disability.enums.programmes import AttendanceMark, SessionKind, Weekday
from disability.models.programme_groups import InterestGroup
from disability.models.programmes import Enrolment, Programme
from portal.constraints import in_order
from portal.records import Kept, Record
from residents.models.shared import SpellQuerySet


class Attendance(Record):
    """Whether an enrolled person came on a day on which they were expected. No row: no roll call."""

    domain = "disability"

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="attendances", verbose_name="入托人员"
    )
    mark = models.CharField(
        "出勤情况", max_length=1, choices=AttendanceMark, default=AttendanceMark.PRESENT
    )

    class Meta:
        verbose_name = "出勤"
        ordering = ["-occurred_on", "enrolment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "occurred_on"],
                condition=Q(deleted_at__isnull=True),
                name="attendance_once_a_day",
                violation_error_message="这个人这一天已有出勤记录。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="attendance_unit_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.enrolment} {self.get_mark_display()}"


class TimetableSlot(Kept):
    """One lesson of the week as planned, in force from a day to a day."""

    domain = "disability"

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="timetable", verbose_name="活动项目"
    )
    weekday = models.CharField("星期", max_length=1, choices=Weekday)
    begins = models.TimeField("开始时间", help_text="如 9:00。")
    ends = models.TimeField("结束时间", help_text="如 10:30。")
    topic = models.CharField("内容", max_length=60)
    kind = models.CharField("活动类型", max_length=12, choices=SessionKind)
    group = models.ForeignKey(
        InterestGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="timetable",
        verbose_name="兴趣小组",
        help_text="全体参加的不填。",
    )
    teacher = models.CharField("授课人", max_length=50, blank=True)
    starts_on = models.DateField("执行日期")
    ends_on = models.DateField("停止日期", null=True, blank=True, help_text="最后一天。")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "课程表"
        ordering = ["programme", "weekday", "begins", "pk"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="timetable_slot_ends_later",
                violation_error_message="结束时间要晚于开始时间。",
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.begins:%H:%M} {self.topic}"

    @property
    def minutes(self) -> int:
        begins, ends = self.begins, self.ends
        return (ends.hour - begins.hour) * 60 + ends.minute - begins.minute


class ProgrammeSession(Record):
    """A lesson or outing that took place. ``people`` is what the recorder counted; left empty it is
    taken from that day's attendance when the record is stored."""

    domain = "disability"

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="sessions", verbose_name="活动项目"
    )
    slot = models.ForeignKey(
        TimetableSlot,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="课程表中的课",
        help_text="课表外的活动不填。",
    )
    title = models.CharField("活动内容", max_length=60)
    kind = models.CharField("活动类型", max_length=12, choices=SessionKind)
    group = models.ForeignKey(
        InterestGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="兴趣小组",
    )
    minutes = models.PositiveSmallIntegerField(
        "时长（分钟）", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    people = models.PositiveSmallIntegerField(
        "参加人数", null=True, blank=True, help_text="不填的，按当天已点名的出勤人数。"
    )
    teacher = models.CharField("授课人", max_length=50, blank=True)
    content = models.TextField("情况", max_length=2000, blank=True)

    class Meta:
        verbose_name = "项目活动"
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "occurred_on"],
                condition=Q(deleted_at__isnull=True, slot__isnull=False),
                name="programme_session_once_of_slot",
                violation_error_message="这一天的这节课已登记。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="programme_session_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.title}"

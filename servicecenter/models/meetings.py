"""例会: the joint meeting that is held once a month, and the issues it raised."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.constraints import in_order
from portal.days import not_future
from portal.months import MonthField, last_of
from portal.wall.classes import Closes
from residents.models.shared import refuse_future
from servicecenter.models.base import OurKept, OurRecord

HEADINGS = ("report", "achievements", "gaps", "causes", "solutions")


class JointMeeting(OurKept):
    """One month's meeting, planned or held. All months of its year have a row, so that held ÷ planned
    is held ÷ 12. The five texts are the headings that it goes through (domain §2.4)."""

    closes = Closes(("month",), fixed=())

    carries = ("issues",)

    month = MonthField("会议月份")
    held_on = models.DateField("召开日期", null=True, blank=True, validators=[not_future])
    place = models.CharField("地点", max_length=60, blank=True)
    chair = models.CharField("主持人", max_length=50, blank=True)
    bodies = models.CharField(
        "参加单位", max_length=200, blank=True, help_text="联席的站所，用顿号隔开。"
    )
    attendees = models.PositiveSmallIntegerField(
        "参加人数", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    report = models.TextField("通报情况", max_length=1000, blank=True)
    achievements = models.TextField("总结成绩", max_length=1000, blank=True)
    gaps = models.TextField("查找不足", max_length=1000, blank=True)
    causes = models.TextField("分析症结", max_length=1000, blank=True)
    solutions = models.TextField("解决问题", max_length=1000, blank=True)
    not_held_for = models.CharField("未召开原因", max_length=100, blank=True)

    class Meta:
        verbose_name = "工作例会"
        ordering = ["-month"]
        constraints = [
            *in_order("month", "held_on"),
            models.UniqueConstraint(
                fields=["unit", "month"],
                condition=Q(deleted_at__isnull=True),
                name="servicecenter_meeting_once_a_month",
                violation_error_message="这个月的例会已在列表中，请打开它填写。",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(not_held_for=""),
                name="servicecenter_meeting_held_or_not",
                violation_error_message="召开了的不填未召开原因。",
            ),
        ]

    def __str__(self):
        return f"{self.month.year}年{self.month.month}月例会"

    @property
    def state(self) -> str:
        """已召开, 未召开 or 待召开, as of today."""
        if self.held_on:
            return "已召开"
        passed = self.not_held_for or last_of(self.month) < timezone.localdate()
        return "未召开" if passed else "待召开"

    @property
    def lacks(self) -> list[str]:
        """The headings that a meeting which was held has no words for."""
        if not self.held_on:
            return []
        empty = [name for name in HEADINGS if not getattr(self, name).strip()]
        return [str(self._meta.get_field(name).verbose_name) for name in empty]


class MeetingIssue(OurRecord):
    """An issue that a meeting raised, followed until it is closed; ``occurred_on`` is the day raised."""

    closes = Closes(("occurred_on",), fixed=())

    meeting = models.ForeignKey(
        JointMeeting, models.PROTECT, related_name="issues", verbose_name="例会"
    )
    occurred_on = models.DateField("提出日期")
    issue = models.CharField("议题", max_length=200)
    owner = models.CharField("责任人（站所）", max_length=60)
    due_on = models.DateField("解决期限", null=True, blank=True)
    closed_on = models.DateField("解决日期", null=True, blank=True)
    result = models.CharField("解决情况", max_length=300, blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "例会议题"
        constraints = [
            *in_order("occurred_on", "due_on", "closed_on"),
            models.CheckConstraint(
                condition=(Q(closed_on__isnull=True, result=""))
                | (Q(closed_on__isnull=False) & ~Q(result="")),
                name="servicecenter_issue_closed_has_result",
                violation_error_message="已解决的填解决日期和解决情况；没有解决的都不填。",
            ),
        ]

    def __str__(self):
        return self.issue

    def clean(self):
        super().clean()
        refuse_future(self, "closed_on")

"""Channels and what they published, honours, and satisfaction surveys."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from portal.constraints import in_order
from portal.office.enums import ChannelKind, Rank, SurveyGroup
from portal.office.models.base import TAGGED, Event, Fact, PartEvent, past_day, words


class Channel(Fact):
    """A newsletter, account or group by which the office speaks to the public."""

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=12, choices=ChannelKind)
    address = words("网址或账号", 120)
    editor = words("负责人", 50)
    starts_on = models.DateField("开办日期")
    ends_on = past_day("停办日期")

    class Meta:
        verbose_name = "宣传渠道"
        ordering = ["kind", "name"]
        constraints = [TAGGED, *in_order("starts_on", "ends_on")]

    def __str__(self):
        return self.name


class ChannelIssue(PartEvent):
    """An issue or post of a channel, with copies printed or views counted."""

    tags = "channel__domains"

    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="issues", verbose_name="宣传渠道"
    )
    occurred_on = models.DateField("发布日期")
    title = models.CharField("标题", max_length=120)
    number = words("期号", 20)
    rank = models.CharField(
        "发布级别",
        max_length=12,
        choices=Rank,
        default=Rank.OTHER,
        help_text="上级媒体采用的，选该媒体的级别。",
    )
    copies = models.PositiveIntegerField("印发份数", null=True, blank=True)
    views = models.PositiveIntegerField("阅读量", null=True, blank=True)

    class Meta(PartEvent.Meta):
        verbose_name = "发布内容"

    def __str__(self):
        return self.title


class Honor(Event):
    """An honour or award, with who gave it and the proof."""

    occurred_on = models.DateField("获奖日期")
    name = models.CharField("荣誉名称", max_length=80)
    recipient = models.CharField("获奖者", max_length=60, help_text="单位、集体或个人。")
    work = words("作品或事迹", 80)
    contest = words("评比活动", 80)
    prize = words("奖次", 20, help_text="如一等奖。")
    rank = models.CharField("级别", max_length=12, choices=Rank)
    grantor = models.CharField("授予单位", max_length=60)
    proof = words("凭据", 100, help_text="证书编号、文件号或存放处。")

    class Meta(Event.Meta):
        verbose_name = "荣誉"

    def __str__(self):
        return f"{self.name} {self.recipient}"


class Survey(Event):
    """A satisfaction survey: how many were asked, answered validly, and on which level.

    ``satisfied_total`` is the sum of the three satisfied levels, kept for the figures.
    """

    LEVELS = ("very_satisfied", "satisfied", "fairly_satisfied", "unsatisfied")

    occurred_on = models.DateField("调查日期")
    title = models.CharField("调查名称", max_length=80)
    group = models.CharField("调查对象", max_length=12, choices=SurveyGroup)
    asked = models.PositiveIntegerField("发出份数")
    valid = models.PositiveIntegerField("有效份数")
    very_satisfied = models.PositiveIntegerField("非常满意", default=0)
    satisfied = models.PositiveIntegerField("满意", default=0)
    fairly_satisfied = models.PositiveIntegerField("基本满意", default=0)
    unsatisfied = models.PositiveIntegerField("不满意", default=0)
    satisfied_total = models.PositiveIntegerField("满意合计", default=0, editable=False)

    class Meta(Event.Meta):
        verbose_name = "满意度调查"
        constraints = [
            TAGGED,
            models.CheckConstraint(
                condition=Q(valid__lte=F("asked")),
                name="office_survey_valid_of_asked",
                violation_error_message="有效份数不能多于发出份数。",
            ),
            models.CheckConstraint(
                condition=Q(valid=F("satisfied_total") + F("unsatisfied"))
                & Q(
                    satisfied_total=F("very_satisfied") + F("satisfied") + F("fairly_satisfied"),
                ),
                name="office_survey_levels_are_the_valid",
                violation_error_message="各档份数之和应等于有效份数。",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.get_group_display()}"

    def derive(self) -> None:
        """Fill ``satisfied_total``; whoever stores rows in bulk calls it."""
        levels = [getattr(self, name) for name in self.LEVELS[:3]]
        if None in levels:
            raise ValidationError("请填写各档份数。")
        self.satisfied_total = sum(levels)

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

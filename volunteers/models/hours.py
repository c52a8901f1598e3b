"""Hours: what each volunteer served, in minutes; postings, corrections, the dated rule, stars."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from portal.constraints import in_order
from portal.office.models.base import day, past_day, words
from portal.records import ReadBelow
from portal.wall.classes import Closes
from volunteers.enums.hours import CorrectionState, HoursState, RecordManner, Star
from volunteers.models.activities import Shift, VolunteerActivity
from volunteers.models.base import OurKept, OurRecord
from volunteers.models.placements import TraineeLog
from volunteers.models.volunteers import Volunteer

A_DAY = 24 * 60
VALID = (
    HoursState.OPEN,
    HoursState.RECORDED,
    HoursState.CONFIRMED,
    HoursState.POSTED,
    HoursState.COUNTED,
)
VOID = (HoursState.REFUSED, HoursState.REVOKED)


class Moments(Func):
    """tstzrange(came, left): from the one moment up to the other; without an end it goes on."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class HoursRule(ReadBelow, OurKept):
    """How hours are kept from a day on: what a day may hold without approval, how many calendar days
    they are posted, and the hours of the five stars. Units below without a rule of their own follow it.
    """

    starts_on = models.DateField("起执行日期")
    daily_minutes = models.PositiveSmallIntegerField(
        "每日上限（分钟）",
        default=480,
        validators=[MinValueValidator(60), MaxValueValidator(A_DAY)],
        help_text="超过的须负责人批准。",
    )
    posting_days = models.PositiveSmallIntegerField(
        "公示天数", default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    one = models.PositiveIntegerField("一星（小时）", default=100)
    two = models.PositiveIntegerField("二星（小时）", default=300)
    three = models.PositiveIntegerField("三星（小时）", default=600)
    four = models.PositiveIntegerField("四星（小时）", default=1000)
    five = models.PositiveIntegerField("五星（小时）", default=1500)
    basis = words("依据", 100, help_text="如文件名称和文号。")

    class Meta:
        verbose_name = "时长规则"
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "starts_on"],
                condition=Q(deleted_at__isnull=True),
                name="hoursrule_once",
                violation_error_message="本单位已有同一天起执行的规则。",
            ),
            models.CheckConstraint(
                condition=Q(
                    one__lt=F("two"), two__lt=F("three"), three__lt=F("four"), four__lt=F("five")
                ),
                name="hoursrule_stars_rise",
                violation_error_message="各星级的小时数应逐级提高。",
            ),
        ]

    def __str__(self):
        return f"时长规则（{self.starts_on}起）"


class HoursPosting(OurKept):
    """公示: a list of confirmed hours shown from a day to a day; afterwards they are counted."""

    closes = Closes(("starts_on",), fixed=())

    title = models.CharField("公示名称", max_length=80)
    starts_on = models.DateField("公示日期")
    ends_on = models.DateField("公示截止")
    place = words("公示地点", 80, help_text="如社区宣传栏；网上同时公示。")
    closed_on = past_day("计入日期", editable=False)

    class Meta:
        verbose_name = "时长公示"
        ordering = ["-starts_on", "-pk"]
        constraints = in_order("starts_on", "ends_on", "closed_on")

    def __str__(self):
        return self.title


class ServiceRecord(OurRecord):
    """One stretch of actual service in an activity, or a logged day of a placement that its person chose
    to count. ``occurred_on`` is the local day on which it began; ``minutes`` are
    those from coming to leaving less the break, or typed where an old register knows no times.
    """

    closes = Closes(("occurred_on",), fixed=("minutes",))

    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="services", verbose_name="志愿者"
    )
    activity = models.ForeignKey(
        VolunteerActivity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name="志愿活动",
    )
    trainee_log = models.OneToOneField(
        TraineeLog,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="service",
        verbose_name="实践实习日志",
    )
    shift = models.ForeignKey(
        Shift,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name="班次",
    )
    occurred_on = models.DateField("服务日期")
    came_at = models.DateTimeField("签到时间", null=True, blank=True)
    left_at = models.DateTimeField("签退时间", null=True, blank=True)
    pause_minutes = models.PositiveSmallIntegerField("中间休息（分钟）", default=0)
    minutes = models.PositiveIntegerField("服务时长（分钟）", null=True, blank=True)
    what = words("服务内容", 100)
    manner = models.CharField("记录方式", max_length=12, choices=RecordManner)
    reason = words("补记原因", 100)
    recorder = words("记录人", 50)
    state = models.CharField(
        "状态", max_length=12, choices=HoursState, default=HoursState.RECORDED, editable=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="超时批准人",
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="确认人",
    )
    confirmed_on = day("确认日期", editable=False)
    posting = models.ForeignKey(
        HoursPosting,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="services",
        verbose_name="公示",
    )
    counted_on = day("计入日期", editable=False)
    void_reason = words("不予认定（撤销）原因", 100)

    class Meta(OurRecord.Meta):
        verbose_name = "服务记录"
        indexes = [
            models.Index(fields=["unit", "occurred_on"], name="servicerecord_unit_day"),
            models.Index(fields=["volunteer", "occurred_on"], name="servicerecord_volunteer_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gt=F("came_at")),
                name="servicerecord_leaves_after_coming",
                violation_error_message="签退时间应晚于签到时间。",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=A_DAY),
                name="servicerecord_within_a_day",
                violation_error_message="一次服务不能少于 1 分钟，也不能超过 24 小时。",
            ),
            models.CheckConstraint(
                condition=Q(state=HoursState.OPEN, came_at__isnull=False, left_at__isnull=True)
                | Q(minutes__isnull=False) & ~Q(state=HoursState.OPEN)
                | Q(state__in=[*VOID]),
                name="servicerecord_finished_has_minutes",
                violation_error_message="请填写签到和签退时间，或服务时长。",
            ),
            models.CheckConstraint(
                condition=~Q(manner=RecordManner.LATER) | ~Q(reason=""),
                name="servicerecord_later_has_reason",
                violation_error_message="事后补记的，请写明原因。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*VOID]) | ~Q(void_reason=""),
                name="servicerecord_void_has_reason",
                violation_error_message="请写明原因。",
            ),
            models.CheckConstraint(
                condition=Q(activity__isnull=False, trainee_log__isnull=True)
                | Q(activity__isnull=True, trainee_log__isnull=False),
                name="servicerecord_of_activity_or_placement",
                violation_error_message="请选择志愿活动。",
            ),
            ExclusionConstraint(
                name="servicerecord_one_at_a_time",
                expressions=[
                    ("volunteer", RangeOperators.EQUAL),
                    (Moments(F("came_at"), F("left_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True, came_at__isnull=False, state__in=VALID),
                violation_error_message="这位志愿者在这段时间已有服务记录，时间不能重叠。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.volunteer}"

    def derive(self) -> None:
        """Set the day and the minutes that follow from the times; bulk loads call it."""
        if self.came_at:
            self.occurred_on = timezone.localdate(self.came_at)
            if self.left_at:
                whole = int((self.left_at - self.came_at).total_seconds() // 60)
                self.minutes = max(whole - (self.pause_minutes or 0), 0)


class HoursCorrection(OurRecord):
    """A volunteer who says that a record is wrong, and what was answered."""

    closes = Closes(("occurred_on",), fixed=())

    service = models.ForeignKey(
        ServiceRecord, models.PROTECT, related_name="corrections", verbose_name="服务记录"
    )
    wanted_minutes = models.PositiveIntegerField(
        "应为时长（分钟）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(A_DAY)],
    )
    claim = models.CharField("更正的内容和理由", max_length=300)
    by_self = models.BooleanField("本人网上提出", default=False, editable=False)
    state = models.CharField(
        "状态",
        max_length=12,
        choices=CorrectionState,
        default=CorrectionState.OPEN,
        editable=False,
    )
    answered_on = past_day("答复日期", editable=False)
    answer = words("答复", 200)

    class Meta(OurRecord.Meta):
        verbose_name = "时长更正申请"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CorrectionState.OPEN, answered_on__isnull=True)
                | (~Q(state=CorrectionState.OPEN) & Q(answered_on__isnull=False) & ~Q(answer="")),
                name="hourscorrection_answered_has_day",
                violation_error_message="处理过的更正申请要有答复。",
            ),
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(deleted_at__isnull=True, state=CorrectionState.OPEN),
                name="hourscorrection_one_open",
                violation_error_message="这条记录已有一件更正申请在处理。",
            ),
        ]

    def __str__(self):
        return f"{self.service} 更正"


class StarAward(OurRecord):
    """A star level given for the minutes counted until that day. Never lowered, only revoked for fraud."""

    closes = Closes(("occurred_on", "revoked_on"), fixed=())

    occurred_on = models.DateField("授予日期")
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="stars", verbose_name="志愿者"
    )
    level = models.PositiveSmallIntegerField("星级", choices=Star)
    minutes = models.PositiveIntegerField("累计时长（分钟）", editable=False, default=0)
    revoked_on = past_day("撤销日期")
    revoked_for = words("撤销原因", 100)

    class Meta(OurRecord.Meta):
        verbose_name = "星级认定"
        constraints = [
            *in_order("occurred_on", "revoked_on"),
            models.UniqueConstraint(
                fields=["volunteer", "level"],
                condition=Q(deleted_at__isnull=True, revoked_on__isnull=True),
                name="staraward_once",
                violation_error_message="这位志愿者已有这个星级。",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | ~Q(revoked_for=""),
                name="staraward_revoked_has_reason",
                violation_error_message="撤销星级请写明原因。",
            ),
        ]

    def __str__(self):
        return f"{self.volunteer} {self.get_level_display()}"

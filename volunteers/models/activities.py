"""Activities of volunteers: types, projects, the announced activity with its shifts, and who signed up."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from portal.constraints import in_order
from portal.office.models.base import day, past_day, prose, words
from portal.roles import DOMAINS
from portal.wall.classes import Closes, Exempt
from residents.enums import ActivityKind
from residents.models import Activity
from volunteers.enums.activities import ActivityState, NoticeChannel, SignUpState
from volunteers.enums.volunteers import Skill
from volunteers.models.base import OurKept, OurRecord
from volunteers.models.organisations import VolunteerOrg
from volunteers.models.volunteers import Volunteer


class VolunteerActivityType(models.Model):
    """卫生大扫除, 义务巡逻 …; ``kind`` and ``domains`` are what the shared activity is then given."""

    wall = Exempt("a code table, the same for every unit", audited=True)
    reference_data = True

    code = models.SlugField("代码", max_length=24, unique=True)
    name = models.CharField("名称", max_length=20, unique=True)
    kind = models.CharField(
        "活动类型", max_length=16, choices=ActivityKind, default=ActivityKind.VOLUNTEERING
    )
    domains = ArrayField(
        models.CharField(max_length=16, choices=DOMAINS),
        verbose_name="同时计入",
        default=list,
        blank=True,
        help_text="除志愿服务外，这类活动还计入哪些工作。",
    )
    is_risky = models.BooleanField("有风险", default=False, help_text="参加者须先有保险。")
    ordinal = models.PositiveSmallIntegerField("顺序", default=100)
    is_retired = models.BooleanField(
        "停用", default=False, help_text="停用后不能再选，已有的活动不变。"
    )

    class Meta:
        verbose_name = "志愿活动类型"
        ordering = ["ordinal", "code"]

    def __str__(self):
        return self.name


class VolunteerProject(OurKept):
    """志愿服务项目: what goes on over many activities."""

    name = models.CharField("项目名称", max_length=60)
    org = models.ForeignKey(
        VolunteerOrg,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name="承担组织",
    )
    is_key = models.BooleanField("重点项目", default=False)
    goal = prose("目标和内容")
    starts_on = models.DateField("开始日期")
    ends_on = day("结束日期")

    class Meta:
        verbose_name = "志愿服务项目"
        ordering = ["-starts_on", "name"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(deleted_at__isnull=True),
                name="volunteerproject_once",
                violation_error_message="本单位已有同名的项目。",
            ),
        ]

    def __str__(self):
        return self.name


class VolunteerActivity(OurKept):
    """What volunteers do together. While it lies ahead it is an announcement; once held, ``activity`` is
    the shared fact that every department counts, written and kept in step by the services alone.

    ``also`` are the further departments that it counts for.
    """

    closes = Closes(("starts_on",), fixed=())

    carries = ("shifts",)

    activity = models.OneToOneField(
        Activity,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="volunteering",
        verbose_name="活动",
    )
    title = models.CharField("活动名称", max_length=80)
    type = models.ForeignKey(
        VolunteerActivityType, models.PROTECT, related_name="+", verbose_name="类型"
    )
    project = models.ForeignKey(
        VolunteerProject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="所属项目",
    )
    org = models.ForeignKey(
        VolunteerOrg,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="组织者",
    )
    leader = words("活动负责人", 50)
    leader_phone = words("负责人电话", 30)
    starts_on = models.DateField("活动日期")
    ends_on = day("结束日期")
    place = models.CharField("地点", max_length=80)
    content = prose("服务内容")
    serves = words("服务对象", 60, help_text="如孤寡老人、过往居民。")
    needed = models.PositiveSmallIntegerField("计划招募（人）", null=True, blank=True)
    risks = prose("风险告知", help_text="活动中可能的危险和应对，报名的人会看到。")
    insurance = words("保险安排", 80)
    also = ArrayField(
        models.CharField(max_length=16, choices=DOMAINS),
        verbose_name="同时计入",
        default=list,
        blank=True,
        help_text="这次活动还计入哪些工作；同一次活动不必在别处再登记。",
    )
    is_public = models.BooleanField("网上公开招募", default=True)
    state = models.CharField(
        "状态", max_length=12, choices=ActivityState, default=ActivityState.PLANNED, editable=False
    )
    cancelled_for = words("取消原因", 100)
    highlight = models.BooleanField(
        "写入总结", default=False, help_text="勾选后，总结中可单独成一句。"
    )

    class Meta:
        verbose_name = "志愿活动"
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["unit", "starts_on"], name="volunteeractivity_unit_day")]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(activity__isnull=False, state=ActivityState.HELD)
                | (Q(activity__isnull=True) & ~Q(state=ActivityState.HELD)),
                name="volunteeractivity_held_is_an_activity",
                violation_error_message="已举办的活动计入“活动”，未举办的不计。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.CANCELLED) | ~Q(cancelled_for=""),
                name="volunteeractivity_cancelled_has_reason",
                violation_error_message="取消的活动请写明原因。",
            ),
        ]

    def __str__(self):
        return f"{self.starts_on} {self.title}"


class Shift(OurKept):
    """A shift of an activity: from when to when, where, how many people and with which skill."""

    activity = models.ForeignKey(
        VolunteerActivity, models.PROTECT, related_name="shifts", verbose_name="志愿活动"
    )
    name = words("班次", 30, help_text="如上午班、东门岗。")
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    capacity = models.PositiveSmallIntegerField("需要人数")
    skill = models.CharField("需要的技能", max_length=24, choices=Skill, blank=True)
    place = words("集合地点", 80)

    class Meta:
        verbose_name = "志愿班次"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_ends_after_start",
                violation_error_message="结束时间应晚于开始时间。",
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="shift_needs_people",
                violation_error_message="需要人数至少为 1。",
            ),
        ]

    def __str__(self):
        return f"{self.activity.title} {self.name}".strip()


class SignUp(OurKept):
    """A volunteer who signed up for a shift, or waits for a place; ``by_self`` or by the leader."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="sign_ups", verbose_name="班次")
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="sign_ups", verbose_name="志愿者"
    )
    state = models.CharField(
        "状态", max_length=12, choices=SignUpState, default=SignUpState.SIGNED, editable=False
    )
    signed_at = models.DateTimeField("报名时间", editable=False)
    by_self = models.BooleanField("本人报名", default=False, editable=False)

    class Meta:
        verbose_name = "报名"
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "volunteer"],
                condition=Q(deleted_at__isnull=True) & ~Q(state=SignUpState.CANCELLED),
                name="signup_once",
                violation_error_message="这位志愿者已报名这个班次。",
            )
        ]

    def __str__(self):
        return f"{self.volunteer} {self.shift}"


class RecruitmentNotice(OurRecord):
    """How volunteers were sought: one notice by one channel; ``quantity`` in the channel's own measure."""

    closes = Closes(("occurred_on",), fixed=())

    occurred_on = models.DateField("发布日期")
    activity = models.ForeignKey(
        VolunteerActivity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name="志愿活动",
    )
    channel = models.CharField("渠道", max_length=8, choices=NoticeChannel)
    content = models.CharField("内容", max_length=200)
    place = words("地点", 80, help_text="张贴、悬挂或发放的地点。")
    quantity = models.PositiveIntegerField(
        "数量", default=1, help_text="横幅填条数，传单填份数，电话填个数。"
    )
    removed_on = past_day("撤下日期")

    class Meta(OurRecord.Meta):
        verbose_name = "招募公告"
        constraints = [*in_order("occurred_on", "removed_on")]

    def __str__(self):
        return f"{self.get_channel_display()} {self.content}"

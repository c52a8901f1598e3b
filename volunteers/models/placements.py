"""社会实践 and 实习: people on placement, what they did day by day, and their appraisal."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.fields import EncryptedTextField
from portal.office.models.base import past_day, prose, words
from portal.wall.classes import Closes
from residents.enums import Sex
from residents.models import Resident
from volunteers.enums.placements import Grade, PlacementKind, TaskKind
from volunteers.models.base import OurKept, OurRecord
from volunteers.models.volunteers import Volunteer


class Trainee(OurKept):
    """``user`` is the account by which the person logs their own days and sees nothing else. The hours
    are hours of placement; only with ``as_volunteer`` each logged day is volunteer service as well.
    """

    closes = Closes(("ends_on", "appraised_on"), fixed=())

    name = models.CharField("姓名", max_length=50)
    sex = models.PositiveSmallIntegerField("性别", choices=Sex, null=True, blank=True)
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="traineeships",
        verbose_name="居民",
        help_text="是本辖区居民的可关联，可不填。",
    )
    phone = EncryptedTextField("联系电话", purpose="phone", blank=True)
    kind = models.CharField("类别", max_length=12, choices=PlacementKind)
    school = models.CharField("学校（单位）", max_length=60)
    major = words("专业", 40)
    grade_year = words("年级", 20)
    post = words("岗位", 60)
    mentors = models.CharField("指导老师", max_length=60, help_text="几位用顿号隔开。")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="traineeship",
        verbose_name="登录账号",
        help_text="“实习人员”角色的账号，本人用它填写日志。",
    )
    as_volunteer = models.ForeignKey(
        Volunteer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="traineeships",
        verbose_name="同时计入志愿服务",
        help_text="只有本人选择计入志愿服务时长的才填。",
    )
    own_words = prose("自我小结")
    mentor_words = prose("指导老师评语")
    office_words = prose("单位鉴定意见")
    grade = models.CharField("鉴定等次", max_length=12, choices=Grade, blank=True)
    appraised_on = past_day("鉴定日期")

    class Meta:
        verbose_name = "实践实习人员"
        ordering = ["-starts_on", "name"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(appraised_on__isnull=True) | ~Q(grade=""),
                name="trainee_appraised_has_grade",
                violation_error_message="已鉴定的请选择等次。",
            ),
        ]

    def __str__(self):
        return self.name


class TraineeLog(OurRecord):
    """What a person on placement did on a day, in minutes; a mentor confirms it."""

    closes = Closes(("occurred_on",), fixed=())

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="logs", verbose_name="实践实习人员"
    )
    task = models.CharField("工作类型", max_length=16, choices=TaskKind)
    minutes = models.PositiveSmallIntegerField(
        "时长（分钟）", validators=[MinValueValidator(1), MaxValueValidator(24 * 60)]
    )
    what = words("工作内容", 200)
    by_self = models.BooleanField("本人填写", default=False, editable=False)
    confirmed_on = past_day("确认日期")
    confirmed_by = words("确认人", 50)

    class Meta(OurRecord.Meta):
        verbose_name = "实践实习日志"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="traineelog_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "occurred_on", "task", "what"],
                condition=Q(deleted_at__isnull=True),
                name="traineelog_once",
                violation_error_message="这天的同一项工作已登记。",
            )
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.trainee} {self.get_task_display()}"

"""活动 — publicity, trainings, meetings — with what was handed out and who took part."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from portal.observances import THEME_DAY_CHOICES
from portal.records import Record
from residents.enums import ActivityKind, Attendee, HandoutMethod, Hosting, TrainingTopic
from residents.models.people import Resident
from residents.models.shared import domains_field, tagged


class Activity(Record):
    """One event, counted on its first day by every department it is tagged with.

    ``hours`` are taught hours, whole ones as certificates of training tell them.
    """

    tags = "domains"

    title = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=16, choices=ActivityKind)
    theme_day = models.CharField(
        "主题日", max_length=24, choices=THEME_DAY_CHOICES, blank=True, help_text="如全国助残日。"
    )
    ends_on = models.DateField("结束日期", null=True, blank=True)
    place = models.CharField("地点", max_length=80, blank=True)
    organisers = models.CharField(
        "主办和协办单位", max_length=200, blank=True, help_text="多个单位用顿号隔开。"
    )
    participants = models.PositiveIntegerField("参加人次", null=True, blank=True)
    parties = models.PositiveSmallIntegerField(
        "参加单位数", null=True, blank=True, help_text="有几家单位、企业或村参加。"
    )
    disabled_participants = models.PositiveIntegerField(
        "其中残疾人", null=True, blank=True, help_text="参加人次中的残疾人。"
    )
    consultations = models.PositiveIntegerField("咨询人次", null=True, blank=True)
    hosting = models.CharField(
        "举办方式", max_length=8, choices=Hosting, blank=True, help_text="不选即本单位举办。"
    )
    guests = models.CharField("来宾", max_length=80, blank=True, help_text="来访团队或到场嘉宾。")
    topics = ArrayField(
        models.CharField(max_length=16, choices=TrainingTopic),
        verbose_name="培训内容",
        default=list,
        blank=True,
    )
    hours = models.PositiveSmallIntegerField("学时", null=True, blank=True)
    speaker = models.CharField("主讲人", max_length=60, blank=True, help_text="姓名、单位和职务。")
    audience = models.CharField("听众", max_length=60, blank=True, help_text="如中老年居民。")
    slogan = models.CharField("口号", max_length=100, blank=True)
    content = models.TextField("内容", max_length=2000, blank=True)
    domains = domains_field()

    class Meta:
        verbose_name = "活动"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="activity_unit_day")]
        constraints = [
            tagged("activity_is_tagged"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("occurred_on")),
                name="activity_ends_after_start",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(disabled_participants__isnull=True)
                | Q(participants__isnull=True)
                | Q(disabled_participants__lte=F("participants")),
                name="activity_disabled_of_participants",
                violation_error_message="其中残疾人不能多于参加人次。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.title}"


class Handout(Record):
    """Printed matter or goods given to people: exact quantities, never 余."""

    tags = "domains"

    material = models.CharField("宣传品", max_length=60)
    quantity = models.PositiveIntegerField("数量")
    measure = models.CharField("单位", max_length=4, default="份")
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handouts",
        verbose_name="所属活动",
    )
    target = models.CharField("发放对象", max_length=60, blank=True)
    method = models.CharField("发放方式", max_length=8, choices=HandoutMethod, blank=True)
    households = models.PositiveIntegerField(
        "发放户数", null=True, blank=True, help_text="入户发放的，填走到的户数。"
    )
    domains = domains_field()

    class Meta:
        verbose_name = "宣传品发放"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="handout_unit_day")]
        constraints = [tagged("handout_is_tagged")]

    def __str__(self):
        return f"{self.material} {self.quantity}{self.measure}"


class Participation(Record):
    """A resident, or a family member for them, took part in an activity."""

    tags = "activity__domains"

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="participations", verbose_name="活动"
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="participations", verbose_name="居民"
    )
    attendee = models.CharField("参加者", max_length=8, choices=Attendee, default=Attendee.SELF)
    family_name = models.CharField("家属姓名", max_length=50, blank=True)
    family_relation = models.CharField("与居民关系", max_length=20, blank=True)
    result = models.CharField("结果", max_length=60, blank=True, help_text="如结业、取得证书。")

    class Meta:
        verbose_name = "参加活动"
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attendee=Attendee.SELF) | ~Q(family_name=""),
                name="participation_family_is_named",
                violation_error_message="家属参加的，请填写家属姓名。",
            ),
            models.UniqueConstraint(
                fields=["activity", "resident", "attendee", "family_name"],
                condition=Q(deleted_at__isnull=True),
                name="participation_once",
                violation_error_message="这位居民已登记参加该活动。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="participation_unit_day")]

    def __str__(self):
        return f"{self.resident} {self.activity.title}"

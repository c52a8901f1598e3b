"""招聘信息 and to whom they were told."""

from django.db import models
from django.db.models import Q

from portal.records import Record
from portal.wall.classes import Closes
from residents.enums import PushMode, PushResult
from residents.models.people import Resident
from residents.models.shared import domains_field, not_before, refuse_future, tagged


class JobInfo(Record):
    """One post that an employer wants to fill; ``occurred_on`` is the day it came to the office."""

    tags = "domains"

    employer = models.CharField("用人单位", max_length=60)
    post = models.CharField("岗位", max_length=60)
    wanted = models.PositiveIntegerField("招聘人数", default=1)
    pay = models.CharField("待遇", max_length=60, blank=True, help_text="如 3500–4500 元/月。")
    requirements = models.TextField("要求", max_length=500, blank=True)
    place = models.CharField("工作地点", max_length=80, blank=True)
    contact = models.CharField("用人单位联系方式", max_length=60, blank=True)
    disabled_friendly = models.BooleanField("适合残疾人", default=False)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    source = models.CharField(
        "信息来源", max_length=60, blank=True, help_text="如街道人社、企业来电。"
    )
    domains = domains_field()

    class Meta:
        verbose_name = "招聘信息"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="jobinfo_unit_day")]
        constraints = [
            tagged("jobinfo_is_tagged"),
            not_before(
                "jobinfo_valid_after_known", "valid_until", "有效期不能早于收到信息的日期。"
            ),
            models.CheckConstraint(
                condition=Q(wanted__gte=1),
                name="jobinfo_wants_somebody",
                violation_error_message="招聘人数至少 1 人。",
            ),
        ]

    def __str__(self):
        return f"{self.employer} {self.post}"


class JobPush(Record):
    """A resident was told of a post; ``occurred_on`` is the day of telling."""

    closes = Closes(("occurred_on", "hired_on"), fixed=())

    tags = "info__domains"

    info = models.ForeignKey(
        JobInfo, models.PROTECT, related_name="pushes", verbose_name="招聘信息"
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="job_pushes", verbose_name="居民"
    )
    mode = models.CharField("推送方式", max_length=8, choices=PushMode, default=PushMode.PHONE)
    pusher = models.CharField("推送人", max_length=50, blank=True)
    result = models.CharField("结果", max_length=12, choices=PushResult, default=PushResult.WAITING)
    followed_up_on = models.DateField("回访日期", null=True, blank=True)
    hired_on = models.DateField("入职日期", null=True, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "岗位推送"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="jobpush_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["info", "resident", "occurred_on"],
                condition=Q(deleted_at__isnull=True),
                name="jobpush_once_a_day",
                violation_error_message="这条招聘信息当天已推送给这位居民。",
            ),
            models.CheckConstraint(
                condition=Q(result=PushResult.HIRED, hired_on__isnull=False)
                | (~Q(result=PushResult.HIRED) & Q(hired_on__isnull=True)),
                name="jobpush_hired_has_day",
                violation_error_message="已入职的要填入职日期；没有入职的不填。",
            ),
            not_before("jobpush_hired_after_told", "hired_on", "入职日期不能早于推送日期。"),
            not_before(
                "jobpush_followed_after_told", "followed_up_on", "回访日期不能早于推送日期。"
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.info}"

    def clean(self):
        super().clean()
        refuse_future(self, "followed_up_on", "hired_on")

"""Who works for disabled persons, what they were trained in, and what bodies offer."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Q

from disability.enums.network import BodyService, WorkerRole
from portal.constraints import in_order
from portal.office.models import Partner, Station
from portal.records import Kept, Record
from portal.spells import span
from residents.models import Activity


class ProviderService(Kept):
    """What a body offers from a day to a day (both included); a changed offer is a new row."""

    domain = "disability"

    provider = models.ForeignKey(
        Partner, models.PROTECT, related_name="rehabilitation_services", verbose_name="服务机构"
    )
    services = ArrayField(
        models.CharField(max_length=12, choices=BodyService), verbose_name="服务内容"
    )
    timetable = models.CharField(
        "服务时间", max_length=100, blank=True, help_text="如每周二、四上午，每月上门一次。"
    )
    staff = models.CharField("负责人", max_length=50, blank=True)
    starts_on = models.DateField("开展日期")
    ends_on = models.DateField("停止日期", null=True, blank=True)

    class Meta:
        verbose_name = "机构康复服务"
        ordering = ["provider", "-starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="providerservice_once_at_a_time",
                expressions=[
                    ("provider", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这家机构在这段时间已登记服务内容，请修改那一条。",
            ),
        ]

    def __str__(self):
        return f"{self.provider} 康复服务"


class RehabWorker(Kept):
    """A person in a role of the network from a day to a day (both included)."""

    domain = "disability"

    person = models.CharField("姓名", max_length=50)
    role = models.CharField("岗位角色", max_length=12, choices=WorkerRole)
    provider = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rehabilitation_workers",
        verbose_name="服务机构",
    )
    station = models.ForeignKey(
        Station,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rehabilitation_workers",
        verbose_name="所在站所室",
    )
    phone = models.CharField("工作电话", max_length=30, blank=True)
    certificate = models.CharField(
        "资格证书", max_length=60, blank=True, help_text="如社区康复协调员上岗证。"
    )
    certified_on = models.DateField("发证日期", null=True, blank=True)
    certified_until = models.DateField("证书有效期至", null=True, blank=True)
    starts_on = models.DateField("上岗日期")
    ends_on = models.DateField("离岗日期", null=True, blank=True)

    class Meta:
        verbose_name = "康复人员"
        ordering = ["role", "person"]
        indexes = [models.Index(fields=["unit", "role"], name="rehabworker_unit_role")]
        constraints = [
            *in_order("starts_on", "ends_on"),
            *in_order("certified_on", "certified_until"),
            models.CheckConstraint(
                condition=Q(certified_on__isnull=True) | ~Q(certificate=""),
                name="rehabworker_certificate_is_named",
                violation_error_message="填了发证日期的，请填写资格证书。",
            ),
            ExclusionConstraint(
                name="rehabworker_once_at_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这个人在这段时间已登记这个角色。",
            ),
        ]

    def __str__(self):
        return f"{self.person}（{self.get_role_display()}）"


class WorkerAttendance(Record):
    """A worker took part in a training. The row is of the worker's unit, so that every unit counts
    its own workers, whoever held the training: a street's event is not read in its communities, and
    stands empty there."""

    domain = "disability"

    worker = models.ForeignKey(
        RehabWorker, models.PROTECT, related_name="attendances", verbose_name="康复人员"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, related_name="worker_attendances", verbose_name="培训"
    )
    hours = models.PositiveSmallIntegerField("学时", null=True, blank=True)
    result = models.CharField("结果", max_length=60, blank=True, help_text="如考核合格、取得证书。")

    class Meta:
        verbose_name = "康复人员参训"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="workerattendance_unit_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False),
                name="workerattendance_has_activity",
                violation_error_message="请选择培训。",
            ),
            models.UniqueConstraint(
                fields=["activity", "worker"],
                condition=Q(deleted_at__isnull=True),
                name="workerattendance_once",
                violation_error_message="这位人员已登记参加这次培训。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.worker}"

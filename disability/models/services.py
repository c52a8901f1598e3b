"""康复服务: what was done for one person, by itself or in a session for many."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from disability.enums.services import Effect, ServiceKind, ServiceMode
from disability.models.agreements import RehabAgreement
from disability.models.plans import RehabPlan
from portal.office.models import Facility, Partner
from portal.records import Record
from residents.models import Resident


def minutes():
    limits = [MinValueValidator(1), MaxValueValidator(1440)]
    return models.PositiveSmallIntegerField(
        "时长（分钟）", null=True, blank=True, validators=limits
    )


def provider(related_name):
    return models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name="服务机构",
    )


class RehabSession(Record):
    """集体服务: one session for many; what is common to their services is said here once."""

    domain = "disability"
    carries = ("services",)

    title = models.CharField("主题", max_length=60)
    kind = models.CharField("服务项目", max_length=16, choices=ServiceKind)
    facility = models.ForeignKey(
        Facility,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rehab_sessions",
        verbose_name="场所",
    )
    place = models.CharField(
        "地点", max_length=80, blank=True, help_text="不在已登记场所的填这里。"
    )
    provider = provider("rehab_sessions")
    staff = models.CharField("服务人员", max_length=60)
    minutes = minutes()
    items = models.CharField("服务内容", max_length=200, blank=True)

    class Meta:
        verbose_name = "集体服务"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="rehabsession_unit_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.title}"


class RehabService(Record):
    """One service to one person. Of a session, it says again what the session says, kept in step by
    services.rehabilitation, so that every figure counts one table."""

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="rehab_services", verbose_name="居民"
    )
    kind = models.CharField("服务项目", max_length=16, choices=ServiceKind)
    mode = models.CharField("方式", max_length=8, choices=ServiceMode, default=ServiceMode.HOME)
    provider = provider("rehab_services")
    staff = models.CharField("服务人员", max_length=60)
    minutes = minutes()
    items = models.CharField("服务内容", max_length=200, blank=True)
    effect = models.CharField("效果", max_length=8, choices=Effect, blank=True)
    agreement = models.ForeignKey(
        RehabAgreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name="签约",
        help_text="不选的，按服务机构找当天有效的签约。",
    )
    plan = models.ForeignKey(
        RehabPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name="康复方案",
    )
    session = models.ForeignKey(
        RehabSession,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="services",
        verbose_name="集体服务",
    )

    class Meta:
        verbose_name = "康复服务"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="rehabservice_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "session"],
                condition=Q(deleted_at__isnull=True, session__isnull=False),
                name="rehabservice_once_a_session",
                violation_error_message="这位居民已在这次集体服务的名单里。",
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=True) | Q(mode="group"),
                name="rehabservice_of_session_is_group",
                violation_error_message="集体服务中的记录，方式只能是“集体”。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.get_kind_display()} {self.resident}"

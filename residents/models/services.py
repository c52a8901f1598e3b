"""What people are given and what they apply for: 慰问/捐赠/救助 and 申请."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from portal.records import Record
from residents.enums import ApplicationKind, ApplicationState, AssistanceKind, Poverty
from residents.models.people import Resident
from residents.models.shared import domains_field, tagged


class Assistance(Record):
    """Money or goods brought to a resident. Amounts in 元."""

    tags = "domains"

    kind = models.CharField("类别", max_length=12, choices=AssistanceKind)
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="assistance", verbose_name="居民"
    )
    festival = models.CharField("节日", max_length=20, blank=True, help_text="如春节、助残日。")
    giver = models.CharField("慰问（捐助）单位", max_length=60)
    companions = models.CharField("陪同人员", max_length=60, blank=True)
    amount = models.DecimalField(
        "金额（元）",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="没有慰问金的填 0；不填会被列为缺项。",
    )
    goods = models.CharField("物品", max_length=100, blank=True)
    funding = models.CharField("资金来源", max_length=40, blank=True)
    domains = domains_field()

    class Meta:
        verbose_name = "慰问救助"
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            tagged("assistance_is_tagged"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="assistance_not_negative",
                violation_error_message="金额不能是负数。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="assistance_unit_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.get_kind_display()} {self.resident}"


class Application(Record):
    """Something a resident applied for; ``occurred_on`` is the day of application."""

    tags = "domains"

    kind = models.CharField("申请事项", max_length=24, choices=ApplicationKind)
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="applications", verbose_name="居民"
    )
    poverty = models.CharField("困难类别", max_length=16, choices=Poverty, default=Poverty.NONE)
    agent = models.CharField("经办人", max_length=50, blank=True)
    state = models.CharField(
        "结果", max_length=12, choices=ApplicationState, default=ApplicationState.PENDING
    )
    decided_on = models.DateField("办结日期", null=True, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    domains = domains_field()

    class Meta:
        verbose_name = "申请"
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            tagged("application_is_tagged"),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.PENDING, decided_on__isnull=True)
                | (~Q(state=ApplicationState.PENDING) & Q(decided_on__isnull=False)),
                name="application_decided_has_day",
                violation_error_message="已有结果的要填办结日期；办理中的不填。",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("occurred_on")),
                name="application_decided_after_applied",
                violation_error_message="办结日期不能早于申请日期。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="application_unit_day")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.resident}"

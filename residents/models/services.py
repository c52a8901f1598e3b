"""What people are given and what they apply for: 慰问/捐赠/救助 and 申请."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from portal.constraints import not_negative
from portal.records import Record
from portal.wall.classes import Closes
from residents.enums import (
    ApplicationChannel,
    ApplicationKind,
    ApplicationState,
    AssistanceKind,
    GoodsKind,
    Poverty,
)
from residents.models.people import Resident
from residents.models.shared import domains_field, refuse_future, tagged
from residents.workflow import DECIDED, UNDECIDED


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
    goods_kind = models.CharField("物品类别", max_length=12, choices=GoodsKind, blank=True)
    goods_quantity = models.PositiveIntegerField(
        "物品数量", null=True, blank=True, help_text="只填数字，如图书 12 册填 12。"
    )
    goods_measure = models.CharField("物品单位", max_length=4, blank=True, help_text="如册、件。")
    goods_value = models.DecimalField(
        "物品折价（元）",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
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
            *not_negative("goods_value"),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="assistance_unit_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.get_kind_display()} {self.resident}"


class Application(Record):
    """Something a resident applied for; ``occurred_on`` is the day of application.

    A department that must know more extends it one to one: a Kept of its own with
    ``OneToOneField(Application, PROTECT, related_name=…)``, never a copy of the application.
    """

    closes = Closes(("occurred_on",), fixed=())

    tags = "domains"

    kind = models.CharField("申请事项", max_length=24, choices=ApplicationKind)
    title = models.CharField(
        "具体事项", max_length=40, blank=True, help_text="事项选“其他”时必填。"
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="applications", verbose_name="居民"
    )
    channel = models.CharField("申请方式", max_length=8, choices=ApplicationChannel, blank=True)
    poverty = models.CharField("困难类别", max_length=16, choices=Poverty, default=Poverty.NONE)
    materials = models.CharField(
        "已交材料",
        max_length=200,
        blank=True,
        help_text="多份用顿号隔开；扫描件登记后在附件中上传。",
    )
    agent = models.CharField("经办人", max_length=50, blank=True)
    state = models.CharField(
        "结果", max_length=12, choices=ApplicationState, default=ApplicationState.PENDING
    )
    decided_on = models.DateField("办结日期", null=True, blank=True)
    amount = models.DecimalField(
        "批准金额（元）",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    standard = models.CharField("标准", max_length=40, blank=True, help_text="如每月 200 元。")
    note = models.CharField("备注", max_length=200, blank=True)
    domains = domains_field()

    class Meta:
        verbose_name = "申请"
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            tagged("application_is_tagged"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(UNDECIDED), decided_on__isnull=True)
                | Q(state__in=sorted(DECIDED), decided_on__isnull=False),
                name="application_decided_has_day",
                violation_error_message="已有结果的要填办结日期；还在办的不填。",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("occurred_on")),
                name="application_decided_after_applied",
                violation_error_message="办结日期不能早于申请日期。",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True)
                | Q(amount__gte=0, state=ApplicationState.APPROVED),
                name="application_amount_when_approved",
                violation_error_message="只有已批准的才填批准金额。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="application_unit_day")]

    def __str__(self):
        return f"{self.what} {self.resident}"

    @property
    def what(self) -> str:
        """The matter as people call it."""
        return self.title or self.get_kind_display()

    def clean(self):
        super().clean()
        refuse_future(self, "decided_on")
        if self.kind == ApplicationKind.OTHER and not self.title:
            raise ValidationError({"title": "事项选“其他”的，请填写具体事项。"})

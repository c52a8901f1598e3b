"""Purchases in 元, and partners with their agreements."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models

from portal.constraints import in_order, not_negative
from portal.office.enums import PartnerKind
from portal.office.models.base import TAGGED, Event, Fact, Part, day, decimal, prose, words


class Purchase(Event):
    """Something bought; ``amount`` is the whole price in 元."""

    occurred_on = models.DateField("购置日期")
    item = models.CharField("物品", max_length=80)
    quantity = models.DecimalField(
        "数量",
        max_digits=12,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    measure = words("数量单位", 8)
    amount = decimal("金额（元）")
    funding = models.CharField("资金来源", max_length=60)
    supplier = words("供应商")
    use = words("用途", 100)

    class Meta(Event.Meta):
        verbose_name = "购置"
        constraints = [TAGGED, *not_negative("amount", "quantity")]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="office_purchase_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.item}"


class Partner(Fact):
    """A unit that works together with the office (共建单位)."""

    name = models.CharField("单位名称", max_length=80)
    kind = models.CharField("性质", max_length=12, choices=PartnerKind)
    contact = words("联系人", 50)
    phone = words("联系电话", 30)
    resources = prose("可提供的资源")

    class Meta:
        verbose_name = "共建单位"
        ordering = ["name"]
        constraints = [
            TAGGED,
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=models.Q(deleted_at__isnull=True),
                name="office_partner_once",
                violation_error_message="本单位已登记这个共建单位。",
            ),
        ]

    def __str__(self):
        return self.name


class Agreement(Part):
    """An agreement with a partner; ``ends_on`` is its last day."""

    tags = "partner__domains"

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="agreements", verbose_name="共建单位"
    )
    title = models.CharField("协议名称", max_length=80)
    content = prose("约定内容")
    signed_by = words("签订人", 50)
    starts_on = models.DateField("签订日期")
    ends_on = day("有效期至")

    class Meta:
        verbose_name = "共建协议"
        ordering = ["-starts_on", "pk"]
        constraints = in_order("starts_on", "ends_on")

    def __str__(self):
        return self.title

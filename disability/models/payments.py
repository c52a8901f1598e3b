"""补贴发放: the monthly run of one kind, and what each person is paid for each month."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from disability.enums.subsidies import PaymentState, RunState
from disability.models.subsidies import Subsidy, SubsidyKind
from portal.constraints import not_negative
from portal.days import not_future
from portal.months import MonthField, chinese_month
from portal.records import Kept
from portal.wall.classes import Closes
from residents.models import Resident


class PaymentRun(Kept):
    """One kind's payments of one month in a unit. Who drafts a run does not confirm it.

    ``is_drafted`` tells a run computed here from one that was only taken down from older papers.
    """

    domain = "disability"
    carries = ("payments",)

    kind = models.ForeignKey(SubsidyKind, models.PROTECT, related_name="+", verbose_name="补贴种类")
    month = MonthField("月份")
    state = models.CharField("状态", max_length=12, choices=RunState, default=RunState.DRAFT)
    is_drafted = models.BooleanField("由系统编制", default=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="确认人",
    )
    confirmed_on = models.DateField("确认日期", null=True, blank=True, validators=[not_future])
    paid_on = models.DateField("发放日期", null=True, blank=True, validators=[not_future])
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "补贴发放批次"
        ordering = ["-month", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "month"],
                condition=Q(deleted_at__isnull=True),
                name="paymentrun_once_a_month",
                violation_error_message="这个月的这种补贴已有发放批次。",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=False) | ~Q(state=RunState.PAID),
                name="paymentrun_paid_has_day",
                violation_error_message="已发放的批次要有发放日期。",
            ),
        ]

    def __str__(self):
        return f"{chinese_month(self.month)}{self.kind}"

    @property
    def lines(self) -> list["Payment"]:
        """Its payments, not those in the recycle bin; of lists that fetch them ahead."""
        return [line for line in self.payments.all() if line.deleted_at is None]

    @property
    def amount(self) -> Decimal:
        """What the run's paper adds up to, whatever the bank sent back."""
        return sum((line.amount for line in self.lines), Decimal(0))


class Payment(Kept):
    """What one person is paid of one kind for one month; ``month`` before the run's is in arrears.

    Paid is what has ``paid_on``; what the bank sent back is paid no more until it is paid again.
    """

    closes = Closes(("paid_on", "returned_on"), fixed=("amount",))

    domain = "disability"

    run = models.ForeignKey(
        PaymentRun, models.PROTECT, related_name="payments", verbose_name="发放批次"
    )
    subsidy = models.ForeignKey(
        Subsidy, models.PROTECT, related_name="payments", verbose_name="享受补贴"
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="subsidy_payments", verbose_name="居民"
    )
    month = MonthField("月份", help_text="发的是哪个月的补贴。")
    standard = models.DecimalField(
        "当月标准（元）", max_digits=8, decimal_places=2, null=True, blank=True, editable=False
    )
    amount = models.DecimalField(
        "实发金额（元）", max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    reason = models.CharField(
        "调整原因", max_length=100, blank=True, help_text="实发金额与标准不同时必填。"
    )
    state = models.CharField(
        "发放状态", max_length=12, choices=PaymentState, default=PaymentState.PAID
    )
    paid_on = models.DateField("发放日期", null=True, blank=True, validators=[not_future])
    returned_on = models.DateField("退回日期", null=True, blank=True, validators=[not_future])
    return_reason = models.CharField("退回原因", max_length=100, blank=True)

    class Meta:
        verbose_name = "补贴发放"
        ordering = ["-month", "resident", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subsidy", "month"],
                condition=Q(deleted_at__isnull=True),
                name="payment_once_a_month",
                violation_error_message="这位居民这个月的这种补贴已有发放记录，不能重复发放。",
            ),
            *not_negative("amount"),
            models.CheckConstraint(
                condition=Q(state=PaymentState.PAID, paid_on__isnull=False)
                | (~Q(state=PaymentState.PAID) & Q(paid_on__isnull=True)),
                name="payment_paid_has_day",
                violation_error_message="已发的要填发放日期；待发和退回的不填。",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaymentState.RETURNED) | Q(returned_on__isnull=False),
                name="payment_returned_has_day",
                violation_error_message="银行退回的要填退回日期。",
            ),
            models.CheckConstraint(
                condition=Q(standard__isnull=True) | Q(amount=F("standard")) | ~Q(reason=""),
                name="payment_difference_has_reason",
                violation_error_message="实发金额与当月标准不同，请填写调整原因。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "paid_on"], name="payment_unit_day")]

    def __str__(self):
        return f"{self.resident} {self.month:%Y-%m} {self.subsidy.kind}"

    def clean(self):
        super().clean()
        if self.paid_on and self.returned_on and self.paid_on < self.returned_on:
            raise ValidationError(
                {"paid_on": f"重新发放的日期不能早于退回日期{self.returned_on}。"}
            )

    @property
    def is_arrears(self) -> bool:
        return self.month < self.run.month

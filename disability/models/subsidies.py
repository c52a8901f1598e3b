"""补贴: its kinds with who is entitled, dated monthly standards, and who draws it from month to month."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When

from disability.enums import COMPONENTS, Level
from disability.enums.subsidies import StopReason
from portal import masks
from portal.constraints import in_order
from portal.fields import EncryptedTextField
from portal.months import MonthField
from portal.office.models import Partner
from portal.records import Kept
from portal.scope import above
from portal.spells import span
from portal.wall.classes import Down, Exempt
from residents.models import Application, Resident

CARE, LIVING, NURSING = (
    "care",
    "living",
    "nursing",
)  # codes of the kinds that every office starts with
BANK_NUMBER = RegexValidator(r"^[0-9]{8,30}\Z", "银行账号只填数字，8至30位，请核对。")


class NoOverlap(ExclusionConstraint):
    """One at a time; the message stands at ``starts_on``."""

    def validate(self, model, instance, exclude=None, using="default"):
        try:
            super().validate(model, instance, exclude=exclude, using=using)
        except ValidationError as error:
            raise ValidationError({"starts_on": error.messages}) from error


class SubsidyKind(models.Model):
    """One kind of subsidy and the rule of who is entitled, as data; offices add their own.

    ``is_due`` says that whoever fulfils the rule ought to have it. Of ``levels`` one must be on the
    certificate, or a component of ``also``; an empty list asks nothing. ``needs_tags`` and
    ``excluded_tags`` are codes of care kinds.
    """

    wall = Exempt("a code table, the same for every unit", audited=True)
    reference_data = True

    code = models.SlugField("代码", max_length=24, unique=True)
    name = models.CharField("名称", max_length=20, unique=True)
    ordinal = models.PositiveSmallIntegerField("顺序", default=100)
    is_retired = models.BooleanField(
        "停用", default=False, help_text="停用后不能再登记享受，已有的不变。"
    )
    is_due = models.BooleanField("符合条件即应享受", default=False)
    needs_certificate = models.BooleanField("须持有效残疾人证", default=True)
    levels = ArrayField(
        models.CharField(max_length=1, choices=Level),
        verbose_name="残疾等级",
        default=list,
        blank=True,
    )
    also = ArrayField(
        models.CharField(max_length=2, choices=COMPONENTS),
        verbose_name="另含的类别等级",
        default=list,
        blank=True,
    )
    needs_tags = ArrayField(
        models.CharField(max_length=24), verbose_name="须是其中一类", default=list, blank=True
    )
    excluded_tags = ArrayField(
        models.CharField(max_length=24), verbose_name="不得是其中一类", default=list, blank=True
    )

    class Meta:
        verbose_name = "补贴种类"
        ordering = ["ordinal", "code"]

    def __str__(self):
        return self.name


class SubsidyStandard(Kept):
    """What one kind pays a month, from a month to a month; a street's is read in its communities."""

    domain = "disability"
    wall = Down()

    kind = models.ForeignKey(SubsidyKind, models.PROTECT, related_name="+", verbose_name="补贴种类")
    level = models.CharField(
        "残疾等级", max_length=1, choices=Level, blank=True, help_text="不分等级的不选。"
    )
    amount = models.DecimalField(
        "每月标准（元）", max_digits=8, decimal_places=2, validators=[MinValueValidator(1)]
    )
    starts_on = MonthField("执行月份")
    ends_on = MonthField(
        "截止月份", ends=True, null=True, blank=True, help_text="按这个标准发放的最后一个月。"
    )
    funding = models.CharField("资金来源", max_length=60, blank=True)
    document = models.CharField("文件依据", max_length=100, blank=True)

    class Meta:
        verbose_name = "补贴标准"
        ordering = ["kind", "level", "-starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            NoOverlap(
                name="subsidystandard_one_at_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("level", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这一种类和等级在这段时间已有标准，请先填写前一标准的截止月份。",
            ),
        ]

    def __str__(self):
        level = self.get_level_display() if self.level else ""
        return f"{self.kind}{level} {self.starts_on:%Y-%m}起"

    @classmethod
    def scope_condition(cls, units) -> Q:
        return Q(unit__in=units) | Q(unit__in=above(units))


def standard_on(day) -> Subquery:
    """Of rows of subsidies the monthly standard on the day: that of the own unit before one of the
    street or the district, that of the level before one for all levels."""
    own, street, district = (
        OuterRef(f"unit{step}") for step in ("", "__parent", "__parent__parent")
    )
    rows = SubsidyStandard.objects.kept().filter(
        Q(level="") | Q(level=OuterRef("level")),
        Q(unit=own) | Q(unit=street) | Q(unit=district),
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        kind=OuterRef("kind"),
        starts_on__lte=day,
    )
    near = Case(When(unit=own, then=Value(0)), When(unit=street, then=Value(1)), default=Value(2))
    rows = rows.annotate(_near=near).order_by("_near", "-level")
    return Subquery(rows.values("amount")[:1])


class Subsidy(Kept):
    """A resident draws one kind of subsidy, from a month through a month (both are paid)."""

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="subsidies", verbose_name="居民"
    )
    kind = models.ForeignKey(SubsidyKind, models.PROTECT, related_name="+", verbose_name="补贴种类")
    level = models.CharField("残疾等级", max_length=1, choices=Level, blank=True)
    basis = models.CharField(
        "资格依据", max_length=60, blank=True, help_text="如低保证号、残疾等级、批准文件。"
    )
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subsidies",
        verbose_name="申请记录",
    )
    applied_on = models.DateField("申请日期", null=True, blank=True)
    starts_on = MonthField("计发起月", help_text="批准后从递交申请的当月计发。")
    ends_on = MonthField(
        "计发末月",
        ends=True,
        null=True,
        blank=True,
        help_text="发放的最后一个月；去世、迁出、注销的为当月。",
    )
    stop_reason = models.CharField("停发原因", max_length=12, choices=StopReason, blank=True)
    stop_note = models.CharField("停发说明", max_length=100, blank=True)
    provider = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subsidies",
        verbose_name="养护机构",
    )
    bank_name = models.CharField("开户行", max_length=60, blank=True)
    account_holder = models.CharField("开户名", max_length=50, blank=True)
    bank_number = EncryptedTextField(
        "银行账号", purpose="bank", blank=True, max_length=30, validators=[BANK_NUMBER]
    )
    reviewed_on = models.DateField("最近复核日期", null=True, blank=True)
    review_note = models.CharField("复核情况", max_length=100, blank=True)

    class Meta:
        verbose_name = "享受补贴"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, stop_reason="")
                | (Q(ends_on__isnull=False) & ~Q(stop_reason="")),
                name="subsidy_end_has_reason",
                violation_error_message="计发末月和停发原因要一并填写；仍在享受的都不填。",
            ),
            NoOverlap(
                name="subsidy_one_of_a_kind",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这位居民在这段时间已在享受同一种补贴，不能重复享受。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "starts_on"], name="subsidy_unit_month")]

    def __str__(self):
        return f"{self.resident} {self.kind}"

    @property
    def masked_bank(self) -> str:
        return masks.mask_bank(self.bank_number)

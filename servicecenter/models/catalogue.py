"""办事指南: the items of the catalogue, their versions and the materials that each asks for."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.records import ReadBelow
from portal.spells import span
from servicecenter.enums.catalogue import AppliesTo, CaseKind, Department, ItemLevel
from servicecenter.models.base import OurKept


class ServiceItem(ReadBelow, OurKept):
    """One matter that people may come with. What it asks and promises is told by its versions."""

    code = models.CharField("事项编码", max_length=20, help_text="本单位内不重复，如 MZ-01。")
    name = models.CharField("事项名称", max_length=60)
    department = models.CharField("业务类别", max_length=12, choices=Department)
    station = models.ForeignKey(
        "office.Station",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办站所",
        help_text="受理后默认派给哪个站所。",
    )
    closed_on = models.DateField("停办日期", null=True, blank=True)

    class Meta:
        verbose_name = "办事事项"
        ordering = ["department", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"],
                condition=Q(deleted_at__isnull=True),
                name="servicecenter_item_code_once",
                violation_error_message="本单位已有这个事项编码。",
            ),
        ]

    def __str__(self):
        return self.name


class ItemVersion(ReadBelow, OurKept):
    """What the item asks and promises from a day to a day; a case keeps the version it began with.

    Days are working days. ``fee`` is what the applicant reads, 不收费 where there is none.
    """

    carries = ("materials",)

    item = models.ForeignKey(
        ServiceItem, models.PROTECT, related_name="versions", verbose_name="事项"
    )
    starts_on = models.DateField("施行日期")
    ends_on = models.DateField("失效日期", null=True, blank=True)
    kind = models.CharField("办件类型", max_length=12, choices=CaseKind)
    level = models.CharField(
        "办理层级", max_length=12, choices=ItemLevel, default=ItemLevel.COMMUNITY
    )
    applies_to = models.CharField(
        "服务对象", max_length=12, choices=AppliesTo, default=AppliesTo.PERSONS
    )
    conditions = models.TextField("申请条件", max_length=1000, blank=True)
    legal_days = models.PositiveSmallIntegerField(
        "法定时限（工作日）", null=True, blank=True, help_text="没有法定时限的不填。"
    )
    promised_days = models.PositiveSmallIntegerField(
        "承诺时限（工作日）", default=0, help_text="即办件填 0。"
    )
    fee = models.CharField("收费标准", max_length=60, default="不收费")
    basis = models.TextField("办理依据", max_length=1000, blank=True)
    process = models.TextField(
        "办理流程", max_length=1000, blank=True, help_text="每行一步，如“窗口受理”。"
    )
    phone = models.CharField("咨询电话", max_length=30, blank=True)
    complaint_phone = models.CharField("监督电话", max_length=30, blank=True)
    place = models.CharField("办理地点", max_length=80, blank=True)
    hours = models.CharField("办理时间", max_length=60, blank=True)
    published_on = models.DateField(
        "公开日期", null=True, blank=True, help_text="填了日期，居民就能在公开页面上看到。"
    )

    class Meta:
        verbose_name = "事项版本"
        ordering = ["item", "-starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="servicecenter_itemversion_one_at_a_time",
                expressions=[
                    ("item", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这个事项在这段时间已有另一个版本。",
            ),
            models.CheckConstraint(
                condition=Q(kind=CaseKind.ON_SPOT, promised_days=0)
                | (~Q(kind=CaseKind.ON_SPOT) & Q(promised_days__gte=1)),
                name="servicecenter_itemversion_days_fit_kind",
                violation_error_message="即办件的承诺时限填 0，其他办件至少 1 个工作日。",
            ),
            models.CheckConstraint(
                condition=Q(legal_days__isnull=True) | Q(promised_days__lte=models.F("legal_days")),
                name="servicecenter_itemversion_promise_within_law",
                violation_error_message="承诺时限不能长于法定时限。",
            ),
        ]

    def __str__(self):
        return str(self.item)

    @property
    def steps(self) -> list[str]:
        """The steps that the applicant reads, in order."""
        return [line.strip() for line in self.process.splitlines() if line.strip()]


class ItemMaterial(ReadBelow, OurKept):
    """One material that a version asks for. 容缺: it may be handed in later, by a stated day."""

    version_of_item = models.ForeignKey(
        ItemVersion, models.PROTECT, related_name="materials", verbose_name="事项版本"
    )
    ordinal = models.PositiveSmallIntegerField("序号", validators=[MinValueValidator(1)])
    name = models.CharField("材料名称", max_length=80)
    originals = models.PositiveSmallIntegerField("原件（份）", default=1)
    copies = models.PositiveSmallIntegerField("复印件（份）", default=0)
    source = models.CharField(
        "取得方式", max_length=60, blank=True, help_text="如本人提供、窗口填写、部门核查。"
    )
    sample = models.CharField("样本说明", max_length=200, blank=True)
    basis = models.CharField("要求依据", max_length=120, blank=True)
    may_follow = models.BooleanField("可容缺受理", default=False)

    class Meta:
        verbose_name = "申请材料"
        ordering = ["version_of_item", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["version_of_item", "ordinal"],
                condition=Q(deleted_at__isnull=True),
                name="servicecenter_material_ordinal_once",
                violation_error_message="这个事项已有同一序号的材料。",
            ),
            models.CheckConstraint(
                condition=Q(originals__gte=1) | Q(copies__gte=1),
                name="servicecenter_material_is_counted",
                violation_error_message="原件和复印件至少填一份。",
            ),
        ]

    def __str__(self):
        return self.name

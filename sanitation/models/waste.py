"""Waste: hauled, sorted, bought back; posters, the fee, and who takes which part of the work (三分一处)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from portal.constraints import in_order, not_negative
from portal.office.models.base import day, decimal, words
from portal.records import ReadBelow
from residents.models.shared import SpellQuerySet
from sanitation.enums.waste import Recyclable, WasteClass
from sanitation.models.base import AboutCommunity, OurKept, OurRecord, grid_field


class WasteHaul(AboutCommunity, OurRecord):
    """One trip to the compression station; weights in whole kilograms, told in tonnes. ``net`` is gross less
    tare where the weigh bridge gave both."""

    occurred_on = models.DateField("清运日期")
    waste = models.CharField(
        "垃圾类别", max_length=12, choices=WasteClass, default=WasteClass.RESIDUAL
    )
    vehicle = models.CharField("车牌号", max_length=12)
    station = models.CharField("压缩站（处理场）", max_length=40)
    slip = words("磅单号", 30)
    gross = models.PositiveIntegerField("毛重（公斤）", null=True, blank=True)
    tare = models.PositiveIntegerField("皮重（公斤）", null=True, blank=True)
    net = models.PositiveIntegerField("净重（公斤）", blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "垃圾清运"
        indexes = [models.Index(fields=["community", "occurred_on"], name="wastehaul_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(gross__isnull=True)
                | Q(tare__isnull=True)
                | Q(net=F("gross") - F("tare")),
                name="wastehaul_net_is_gross_less_tare",
                violation_error_message="净重应当等于毛重减皮重。",
            ),
            models.UniqueConstraint(
                fields=["unit", "station", "slip"],
                condition=Q(deleted_at__isnull=True) & ~Q(slip=""),
                name="wastehaul_slip_once",
                violation_error_message="这个压缩站的这张磅单已登记。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.vehicle} {self.net}公斤"


class Buyback(AboutCommunity, OurRecord):
    """Recyclables bought back, or taken in exchange for goods. ``weight`` in kilograms, ``amount`` in yuan."""

    occurred_on = models.DateField("回购日期")
    category = models.CharField("品类", max_length=12, choices=Recyclable)
    weight = decimal("重量（公斤）", places=1)
    unit_price = decimal("单价（元/公斤）", null=True, blank=True)
    amount = decimal("金额（元）", default=Decimal(0))
    goods = words("兑换物品", 60, help_text="如 25 公斤玻璃换一瓶白醋。")
    households = models.PositiveIntegerField("交售户数", null=True, blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "可回收物回购"
        constraints = [
            *not_negative("unit_price", "amount"),
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="buyback_weighs_something",
                violation_error_message="重量应当大于零。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.get_category_display()} {self.weight}公斤"


class BuybackTarget(AboutCommunity, OurKept):
    """回购任务 of a community for a year, in whole kilograms."""

    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("截止日期")
    weight = models.PositiveIntegerField("任务（公斤）")
    basis = words("依据文件", 100)

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "回购任务"
        ordering = ["-starts_on", "community"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["unit", "community", "starts_on"],
                condition=Q(deleted_at__isnull=True),
                name="buybacktarget_once",
                violation_error_message="这个社区（村）这一期的回购任务已有。",
            ),
        ]

    def __str__(self):
        return f"{self.community} {self.weight}公斤"


class MaterialDelivery(AboutCommunity, OurRecord):
    """Posters and the like sent to a community, to be brought into the homes."""

    occurred_on = models.DateField("发送日期")
    material = models.CharField("宣传品", max_length=60)
    quantity = models.PositiveIntegerField("数量")
    measure = models.CharField("计量单位", max_length=4, default="份")
    receiver = words("签收人", 50)

    class Meta(OurRecord.Meta):
        verbose_name = "宣传画报发送"

    def __str__(self):
        return f"{self.material} {self.quantity}{self.measure}"


class PasteCheck(AboutCommunity, OurRecord):
    """Of so many homes looked at, so many have the poster on the wall."""

    occurred_on = models.DateField("抽查日期")
    sampled = models.PositiveIntegerField("抽查户数")
    pasted = models.PositiveIntegerField("已粘贴户数")
    checker = words("抽查人", 50)

    class Meta(OurRecord.Meta):
        verbose_name = "粘贴抽查"
        constraints = [
            models.CheckConstraint(
                condition=Q(sampled__gte=1) & Q(pasted__lte=F("sampled")),
                name="pastecheck_pasted_of_sampled",
                violation_error_message="已粘贴户数不能多于抽查户数。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.community} {self.pasted}/{self.sampled}"


class FeeStandard(ReadBelow, OurKept):
    """垃圾费 standard: yuan a household and year, or what else ``per`` says."""

    title = models.CharField("收费项目", max_length=60)
    amount = decimal("标准（元）")
    per = models.CharField("计费单位", max_length=20, default="户·年")
    basis = words("依据文件", 100)
    starts_on = models.DateField("执行日期")
    ends_on = day("停止日期")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "垃圾费标准"
        ordering = ["-starts_on", "title"]
        constraints = [*in_order("starts_on", "ends_on"), *not_negative("amount")]

    def __str__(self):
        return f"{self.title} {self.amount}元/{self.per}"


class FeeCollection(AboutCommunity, OurRecord):
    """Collected in a community, or a group of it: so many households due, so many that paid."""

    occurred_on = models.DateField("收费日期")
    standard = models.ForeignKey(
        FeeStandard,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="collections",
        verbose_name="垃圾费标准",
    )
    due = models.PositiveIntegerField("应缴户数")
    paid = models.PositiveIntegerField("已缴户数")
    amount = decimal("收费金额（元）", default=Decimal(0))
    collector = words("收费人", 50)

    class Meta(OurRecord.Meta):
        verbose_name = "垃圾费收缴"
        constraints = [
            *not_negative("amount"),
            models.CheckConstraint(
                condition=Q(paid__lte=F("due")),
                name="feecollection_paid_of_due",
                violation_error_message="已缴户数不能多于应缴户数。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.community} {self.paid}/{self.due}"


class SortingState(AboutCommunity, OurKept):
    """三分一处 in a community or group, from a day to a day: what is in place of its four parts."""

    grid = grid_field(null=True, blank=True)
    reduces = models.BooleanField("分户减量", default=False)
    sorts = models.BooleanField("分组分类", default=False)
    collects = models.BooleanField("分村收集", default=False)
    processor = words("处理的合作社", 60)
    households = models.PositiveIntegerField("参加户数", null=True, blank=True)
    starts_on = models.DateField("起始日期")
    ends_on = day("截止日期")

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "三分一处落实情况"
        ordering = ["community", "grid", "-starts_on"]
        constraints = in_order("starts_on", "ends_on")

    def __str__(self):
        return f"{self.community} 三分一处"

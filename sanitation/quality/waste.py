"""What is doubtful in the records of hauls, buy-back, posters, the fee and 三分一处."""

from datetime import timedelta

from django.db.models import DecimalField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Round
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import kept
from sanitation.models import (
    Buyback,
    BuybackTarget,
    FeeCollection,
    MaterialDelivery,
    PasteCheck,
    SortingState,
    WasteHaul,
)
from sanitation.quality.base import rule

HEAVIEST, LIGHTEST = 30_000, 100  # kilograms of one truck
FEWEST = 10  # homes of one check
LATE = timedelta(days=90)
MONEY = DecimalField(max_digits=16, decimal_places=2)


def without_slip(units):
    """A weight was read from a weigh bridge, so there was a slip."""
    return kept(WasteHaul, units).filter(slip="", gross__isnull=False)


def same_trip(units):
    """Another row about the same community, day, vehicle and weight, whoever keeps it."""
    twins = WasteHaul.objects.kept().filter(
        community=OuterRef("community"),
        occurred_on=OuterRef("occurred_on"),
        vehicle=OuterRef("vehicle"),
        net=OuterRef("net"),
    )
    return kept(WasteHaul, units).filter(Exists(twins.exclude(pk=OuterRef("pk"))))


def other_amount(units):
    product = Round(ExpressionWrapper(F("weight") * F("unit_price"), MONEY), 2)
    rows = kept(Buyback, units).filter(unit_price__isnull=False).annotate(_product=product)
    return rows.exclude(amount=F("_product"))


def for_nothing(units):
    rows = kept(Buyback, units).filter(amount=0, goods="")
    return rows.filter(Q(unit_price__isnull=True) | Q(unit_price__gt=0))


def overlapping_targets(units):
    """Brought in by two units at the same moment, or taken back from the bin."""
    others = BuybackTarget.objects.kept().filter(
        community=OuterRef("community"),
        starts_on__lte=OuterRef("ends_on"),
        ends_on__gte=OuterRef("starts_on"),
    )
    return kept(BuybackTarget, units).filter(Exists(others.exclude(pk=OuterRef("pk"))))


def paid_too_much(units):
    most = ExpressionWrapper(F("standard__amount") * F("paid"), MONEY)
    rows = kept(FeeCollection, units).filter(standard__isnull=False).annotate(_most=most)
    return rows.filter(amount__gt=F("_most"))


def group_beside_whole(units):
    """A group's households are in its community's own number too; of what is paid once a year, or of what
    nobody says how often."""
    whole = FeeCollection.objects.kept().filter(
        community=OuterRef("community"),
        grid__isnull=True,
        occurred_on__year=OuterRef("occurred_on__year"),
    )
    same = Q(standard=OuterRef("standard")) | Q(standard__isnull=True)
    rows = kept(FeeCollection, units).filter(grid__isnull=False)
    nameless, often = Q(standard__isnull=True), Q(standard__per__regex="月|季|半年")
    return rows.filter(
        (~nameless & ~often & Exists(whole.filter(same))) | (nameless & Exists(whole))
    )


def nothing_in_place(units):
    """A row that says that no part is in place, and has said so for a quarter of a year."""
    before = timezone.localdate() - LATE
    nothing = Q(reduces=False, sorts=False, collects=False, processor="", ends_on__isnull=True)
    return kept(SortingState, units).filter(nothing, starts_on__lt=before)


register(
    rule(
        "haul_heavy", "一车净重超过 30 吨", "可能把公斤和吨弄错，或多写了一位。", "waste-hauls",
        lambda units: kept(WasteHaul, units).filter(net__gt=HEAVIEST), Severity.HIGH,
    ),
    rule(
        "haul_light", "一车净重不到 100 公斤", "可能填的是吨数，清运量会少算。", "waste-hauls",
        lambda units: kept(WasteHaul, units).filter(net__lt=LIGHTEST), Severity.MIDDLE,
    ),
    rule(
        "haul_twice", "同一天同一辆车同样重的清运", "同一车可能登记了两次，清运量会多算。",
        "waste-hauls", same_trip, Severity.MIDDLE,
    ),
    rule(
        "haul_slip", "过磅的清运没有磅单号", "没有磅单号就对不上压缩站的账，也可能重复登记。",
        "waste-hauls", without_slip, field="slip",
    ),
    rule(
        "buyback_amount", "回购金额与重量乘单价不同", "金额或单价有一个不对。", "buybacks",
        other_amount, Severity.MIDDLE, field="amount",
    ),
    rule(
        "buyback_free", "回购没有金额也没有兑换物品", "说不清居民得到了什么。", "buybacks",
        for_nothing, field="goods",
    ),
    rule(
        "target_twice", "回购任务的日期重叠", "任务会算两次，完成率会偏低。", "buyback-targets",
        overlapping_targets, Severity.HIGH,
    ),
    rule(
        "delivery_receiver", "宣传画报没有签收人", "不知道是否送到。", "material-deliveries",
        lambda units: kept(MaterialDelivery, units).filter(receiver=""), field="receiver",
    ),
    rule(
        "paste_few", "粘贴抽查不到 10 户", "户数太少，粘贴率说明不了问题。", "paste-checks",
        lambda units: kept(PasteCheck, units).filter(sampled__lt=FEWEST),
    ),
    rule(
        "fee_too_much", "收费金额多于标准乘已缴户数", "多收了钱，或户数、标准选错了。",
        "fee-collections", paid_too_much, Severity.HIGH,
    ),
    rule(
        "fee_standard", "垃圾费收缴没有选标准", "无法核对金额，也说不清按什么收费。",
        "fee-collections", lambda units: kept(FeeCollection, units).filter(standard__isnull=True),
    ),
    rule(
        "fee_twice", "小组的收缴与整个社区的重复", "小组的户数会算两次。", "fee-collections",
        group_beside_whole, Severity.HIGH,
    ),
    rule(
        "sorting_nothing", "三分一处三个月没有一项落实", "落实情况可能没有更新。", "sorting-states",
        nothing_in_place,
    ),
)  # fmt: skip

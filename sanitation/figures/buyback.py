"""Figures: buy-back of recyclables, and how far the yearly targets are met."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from portal.figures import Amount, Category, Distinct, Kilograms, Total, register
from portal.figures.categories import GridCategory
from portal.figures.values import AmountOn
from sanitation.enums.waste import Recyclable
from sanitation.figures.base import cumulative, flow, ratio, stock
from sanitation.models import Buyback, BuybackTarget

CATEGORIES = {
    "category": Category("品类", "category", dict(Recyclable.choices)),
    "grid": GridCategory(label="网格（小组）"),
}
RECYCLABLES = ~Q(category=Recyclable.HAZARDOUS)
WEIGHT = DecimalField(max_digits=14, decimal_places=1)


@dataclass(frozen=True)
class KilogramsOn(AmountOn):
    """Kilograms that follow from a target and the period's last day."""

    places = 1


def bought(code, label, measure, definition, keywords=(), **options):
    return flow(code, label, measure, definition, keywords, model=Buyback, **options)


def targets(code, label, measure, definition, keywords=(), **options):
    """A stock of the targets that the period's last day lies in."""
    return stock(
        code,
        label,
        measure,
        definition,
        keywords,
        model=BuybackTarget,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        **options,
    )


def under_a_target(period) -> Q:
    """Recyclables since the first day of the target that the period's last day lies in."""
    target = BuybackTarget.objects.in_force(period.end).filter(
        community=OuterRef("community"), starts_on__lte=OuterRef("occurred_on")
    )
    return RECYCLABLES & Q(Exists(target))


def bought_by(period):
    """Of a target: the kilograms bought back from its first day to the period's last one."""
    rows = Buyback.objects.kept().filter(
        RECYCLABLES,
        community=OuterRef("community"),
        occurred_on__gte=OuterRef("starts_on"),
        occurred_on__lte=period.end,
    )
    total = rows.order_by().values("community").annotate(total=Sum("weight")).values("total")
    return Coalesce(Subquery(total), Decimal(0), output_field=WEIGHT)


def missing_by(period):
    """Of a target: the kilograms that are missing; none where more was bought back."""
    rest = ExpressionWrapper(F("weight") - bought_by(period), WEIGHT)
    return Greatest(rest, Value(Decimal(0)), output_field=WEIGHT)


def unmet(period) -> Q:
    return Q(weight__gt=bought_by(period))


register(
    bought(
        "buyback_kg",
        "可回收物回购量",
        "公斤",
        "回购日期在期内的可回收物重量之和；用物品换来的有害垃圾另计，不在其中。",
        ("回购可回收物", "回购量"),
        value=Kilograms("weight"),
        where=RECYCLABLES,
        categories=CATEGORIES,
    ),
    bought(
        "exchanged_kg",
        "有害垃圾兑换量",
        "公斤",
        "回购日期在期内、品类为有害垃圾的重量之和。",
        ("兑换有害垃圾", "回收有害垃圾"),
        value=Kilograms("weight"),
        where=~RECYCLABLES,
        categories=CATEGORIES,
    ),
    bought(
        "buyback_times",
        "回购登记次数",
        "次",
        "回购日期在期内的回购记录条数，含换物品的。",
        categories=CATEGORIES,
    ),
    bought(
        "buyback_amount",
        "可回收物回购金额",
        "元",
        "回购日期在期内的回购记录所登记的金额之和；只换物品的没有金额。",
        ("回购金额",),
        value=Amount("amount"),
        categories=CATEGORIES,
    ),
    bought(
        "buyback_households",
        "可回收物交售户次",
        "户次",
        "回购日期在期内的回购记录所登记的交售户数之和，一户几次算几次；未填的不计。",
        ("交售",),
        value=Total("households"),
        categories=CATEGORIES,
    ),
    targets(
        "buyback_target",
        "可回收物回购任务",
        "公斤",
        "期末那一天所在任务期的回购任务之和，即全期（多为一年）的任务，不按月份折算。",
        ("回购任务",),
        value=Total("weight"),
    ),
    cumulative(
        "buyback_towards",
        "任务期内累计回购",
        "公斤",
        "有回购任务的社区（村），从任务起始日期到期末累计回购的可回收物重量；有害垃圾不计。",
        ("累计回购",),
        model=Buyback,
        where=under_a_target,
        value=Kilograms("weight"),
        categories=CATEGORIES,
    ),
    ratio(
        "buyback_completion",
        "回购任务完成率",
        "任务期内累计回购 ÷ 可回收物回购任务。",
        ("完成率",),
        of="buyback_towards",
        among="buyback_target",
    ),
    targets(
        "buyback_gap",
        "回购任务缺口",
        "公斤",
        "期末那一天所在任务期的任务减去到期末的累计回购；各社区（村）分别算，超额的不抵别处的缺口。",
        ("缺口",),
        value=KilogramsOn("weight", expression=missing_by),
    ),
    targets(
        "buyback_communities",
        "有回购任务的社区",
        "个",
        "期末那一天在回购任务期内的社区（村），去重。",
        value=Distinct("community"),
    ),
    targets(
        "buyback_unmet",
        "未完成回购任务的社区",
        "个",
        "期末那一天在回购任务期内、到期末累计回购少于任务的社区（村），去重。",
        ("未完成回购任务",),
        value=Distinct("community"),
        where=unmet,
    ),
)

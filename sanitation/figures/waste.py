"""Figures: hauls — tonnes, trips, the four classes, per day and per head."""

from django.db.models import Q

from portal.figures import Average, Category, DaysOfPeriod, Tonnes, Total, register
from sanitation.enums.waste import WasteClass
from sanitation.figures.base import average, flow, ratio
from sanitation.models import WasteHaul

CLASSES = {"waste": Category("垃圾类别", "waste", dict(WasteClass.choices))}
SORTED = Q(waste__in=[WasteClass.RECYCLABLE, WasteClass.HAZARDOUS, WasteClass.FOOD])


def every_row(period) -> Q:
    """Asked anew for each period: how many days it has is no sum over its rows."""
    return Q()


def hauls(code, label, measure, definition, keywords=(), **options):
    return flow(code, label, measure, definition, keywords, model=WasteHaul, **options)


def per_head(code, label, definition, keywords, among, **options) -> Average:
    """Kilograms hauled to a figure of the register."""
    return Average(
        f"sanitation.{code}",
        label,
        "sanitation",
        "公斤",
        definition,
        keywords,
        numerator="sanitation.hauled_kg",
        denominator=among,
        **options,
    )


register(
    hauls(
        "hauled",
        "垃圾清运量",
        "吨",
        "清运日期在期内的各车净重之和，按公斤相加，以吨计，保留三位小数。",
        ("清运垃圾", "清运量", "外运量"),
        value=Tonnes("net"),
        categories=CLASSES,
    ),
    hauls(
        "hauled_kg",
        "垃圾清运公斤数",
        "公斤",
        "清运日期在期内的各车净重之和，以公斤计。",
        value=Total("net"),
        categories=CLASSES,
    ),
    hauls(
        "haul_trips",
        "垃圾清运车次",
        "车次",
        "清运日期在期内的清运记录条数，一车一条。",
        ("清运车次",),
        categories=CLASSES,
    ),
    hauls(
        "haul_days",
        "垃圾清运统计天数",
        "天",
        "期内的天数，时段还没有过完的算到今天；期内没有清运记录的不算。",
        value=DaysOfPeriod("occurred_on"),
        where=every_row,
    ),
    average(
        "hauled_per_day",
        "日均垃圾清运量",
        "公斤",
        "垃圾清运公斤数 ÷ 期内的天数；时段还没有过完的算到今天。",
        ("日均清运",),
        of="hauled_kg",
        among="haul_days",
    ),
    per_head(
        "hauled_per_person",
        "人均垃圾清运量",
        "垃圾清运公斤数 ÷ 期末在册居民人数。",
        ("人均清运",),
        "residents.registered",
    ),
    per_head(
        "hauled_per_person_day",
        "人均每日垃圾清运量",
        "垃圾清运公斤数 ÷ 在册人天，即期内每一天在册居民人数之和；时段还没有过完的算到今天。",
        ("人均日清运", "人均每日清运"),
        "residents.person_days",
        places=2,
    ),
    hauls(
        "hauled_sorted",
        "分类收运量",
        "吨",
        "清运日期在期内、类别为可回收物、有害垃圾或厨余垃圾的各车净重之和，以吨计，保留三位小数。",
        ("分类收运",),
        value=Tonnes("net"),
        where=SORTED,
    ),
    ratio(
        "sorted_share",
        "分类收运占比",
        "分类收运量（可回收物、有害垃圾、厨余垃圾）÷ 垃圾清运量。",
        ("分类收运占",),
        of="hauled_sorted",
        among="hauled",
    ),
)
for waste in WasteClass:
    register(
        hauls(
            f"hauled_{waste}",
            f"{waste.label}清运量",
            "吨",
            f"清运日期在期内、类别为{waste.label}的各车净重之和，以吨计，保留三位小数。",
            (f"清运{waste.label}", f"{waste.label}清运"),
            value=Tonnes("net"),
            where=Q(waste=waste),
        ),
        ratio(
            f"{waste}_share",
            f"{waste.label}占清运量比例",
            f"{waste.label}清运量 ÷ 垃圾清运量。",
            (f"{waste.label}占",),
            of=f"hauled_{waste}",
            among="hauled",
        ),
    )

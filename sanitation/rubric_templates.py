"""The rubrics that the portal brings along (domain §4.2), as data: 100 points each.

A unit takes one over as an edition of its own (``services.rubrics``); the checklist on paper is printed
from the same table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sanitation.enums.inspections import ProblemType as P
from sanitation.enums.places import PointKind as K

HALF, ONE, TWO, THREE = Decimal("0.5"), Decimal(1), Decimal(2), Decimal(3)


@dataclass(frozen=True)
class Fault:
    title: str
    points: Decimal
    problem: str
    measure: str = "处"
    is_serious: bool = False


@dataclass(frozen=True)
class Item:
    """``by_rate`` items have no faults: their marks follow from a percentage."""

    title: str
    maximum: Decimal
    faults: Sequence[Fault] = ()
    place_kind: str = ""
    cap: Decimal | None = None
    by_rate: bool = False
    needs_photo: bool = True
    may_be_na: bool = False


@dataclass(frozen=True)
class Template:
    code: str
    name: str
    items: Sequence[Item]

    @property
    def full(self) -> Decimal:
        return sum((item.maximum for item in self.items), Decimal(0))


def how_taken(faults: Sequence, by_rate: bool = False) -> str:
    """How an item loses marks, in words; for faults of a template and for those of an edition."""
    if by_rate:
        return "按比率计分"
    takes = list(dict.fromkeys(takes_of(fault) for fault in faults))
    if len(takes) == 1:
        return takes[0]
    return "，".join(f"{fault.title}{takes_of(fault)}" for fault in faults)


def takes_of(fault) -> str:
    points = fault.points.normalize()
    return f"每{fault.measure}扣 {points:f} 分"


def _item(title: str, maximum: int, *faults: Fault, **more) -> Item:
    return Item(title, Decimal(maximum), faults, **more)


ROAD_FAULTS = (
    Fault("成堆垃圾", TWO, P.HEAP, is_serious=True),
    Fault("散落垃圾", HALF, P.LITTER),
)
WATER_FAULTS = (
    Fault("漂浮物", ONE, P.FLOATING),
    Fault("污水直排", TWO, P.SEWAGE, is_serious=True),
)
BIN_FAULTS = (
    Fault("破损", ONE, P.BIN_BROKEN),
    Fault("满溢", ONE, P.BIN_FULL),
    Fault("未及时清运", ONE, P.NOT_EMPTIED, is_serious=True),
    Fault("周边不洁", ONE, P.LITTER),
)
OLD_FAULTS = (
    Fault("陈年垃圾", TWO, P.OLD, is_serious=True),
    Fault("成堆成片垃圾", TWO, P.HEAP, is_serious=True),
    Fault("卫生死角", TWO, P.LITTER),
)
ADVERT_FAULTS = (
    Fault("小广告", HALF, P.ADVERTISING),
    Fault("违章广告招牌", HALF, P.ADVERTISING),
    Fault("乱搭建", HALF, P.BUILT),
)
SORTING_FAULTS = (Fault("混投、未分类", HALF, P.MIXED, "户"),)
DUTY_FAULTS = (
    Fault("保洁员不在岗", ONE, P.DUTY),
    Fault("网格责任未公示", ONE, P.DUTY),
)

RURAL = Template(
    "rural",
    "村（社区）环境卫生检查评分表",
    (
        _item("主干道、通村公路路面及两侧", 12, *ROAD_FAULTS, place_kind=K.ROAD),
        _item(
            "集镇、主街：店外经营、占道、流动摊、乱停",
            10,
            Fault("店外经营", ONE, P.OCCUPIED),
            Fault("占道", ONE, P.OCCUPIED),
            Fault("流动摊点", ONE, P.OCCUPIED),
            Fault("乱停乱放", ONE, P.OCCUPIED, "辆"),
            place_kind=K.MARKET,
            may_be_na=True,
        ),
        _item(
            "水域：河塘沟渠漂浮物、污水直排", 10, *WATER_FAULTS, place_kind=K.WATER, may_be_na=True
        ),
        _item(
            "公厕、户厕",
            6,
            Fault("不洁", ONE, P.TOILET),
            Fault("露天粪缸", THREE, P.TOILET, is_serious=True),
            place_kind=K.TOILET,
        ),
        _item("垃圾池、桶、收集点：破损、满溢、未及时清运", 12, *BIN_FAULTS, place_kind=K.BIN),
        _item(
            "房前屋后、庭院",
            10,
            Fault("垃圾未清", HALF, P.LITTER),
            Fault("乱堆乱放", HALF, P.STACKED),
            place_kind=K.YARD,
        ),
        _item(
            "山边竹林、田边菜地、水渠塘边",
            8,
            Fault("散落垃圾", HALF, P.LITTER),
            place_kind=K.FIELD,
            may_be_na=True,
        ),
        _item("陈年垃圾、成堆成片垃圾、卫生死角", 8, *OLD_FAULTS),
        _item("小广告、违章广告招牌、乱搭建", 6, *ADVERT_FAULTS),
        _item("垃圾分类投放、减量", 8, *SORTING_FAULTS),
        _item("保洁员在岗、网格责任公示", 5, *DUTY_FAULTS, needs_photo=False),
        _item("宣传画报粘贴、入户评比公示", 5, by_rate=True, needs_photo=False),
    ),
)

URBAN = Template(
    "urban",
    "城市社区环境卫生检查评分表",
    (
        _item(
            "主次干道、背街小巷路面及两侧",
            12,
            *ROAD_FAULTS,
            Fault("宠物粪便", HALF, P.LITTER),
            place_kind=K.ROAD,
        ),
        _item(
            "沿街门店：门前三包、店外经营、占道、流动摊",
            10,
            Fault("门前三包不落实", ONE, P.OCCUPIED, "户"),
            Fault("店外经营", ONE, P.OCCUPIED, "户"),
            Fault("占道", ONE, P.OCCUPIED),
            Fault("流动摊点", ONE, P.OCCUPIED),
            place_kind=K.MARKET,
            may_be_na=True,
        ),
        _item(
            "机动车、非机动车停放",
            6,
            Fault("非机动车乱停", HALF, P.OCCUPIED, "辆"),
            Fault("机动车乱停", ONE, P.OCCUPIED, "辆"),
        ),
        _item(
            "水域：河塘沟渠漂浮物、污水直排", 6, *WATER_FAULTS, place_kind=K.WATER, may_be_na=True
        ),
        _item("公厕", 6, Fault("不洁", ONE, P.TOILET), place_kind=K.TOILET, may_be_na=True),
        _item("垃圾桶、收集点：破损、满溢、未及时清运", 12, *BIN_FAULTS, place_kind=K.BIN),
        _item(
            "楼道：堆物、飞线",
            10,
            Fault("楼道堆物", ONE, P.STACKED),
            Fault("飞线", ONE, P.OTHER, is_serious=True),
        ),
        _item(
            "绿化带：毁绿种菜、杂物垃圾",
            8,
            Fault("毁绿种菜", ONE, P.OTHER),
            Fault("杂物垃圾", HALF, P.LITTER),
        ),
        _item(
            "院落、公共区域：乱晾晒、乱堆放",
            6,
            Fault("乱晾晒", HALF, P.STACKED),
            Fault("乱堆放", HALF, P.STACKED),
            place_kind=K.YARD,
        ),
        _item("陈年垃圾、成堆成片垃圾、卫生死角", 6, *OLD_FAULTS),
        _item("小广告、违章广告招牌、乱搭建", 6, *ADVERT_FAULTS),
        _item("垃圾分类投放、减量", 5, *SORTING_FAULTS),
        _item("保洁员在岗、网格责任公示", 4, *DUTY_FAULTS, needs_photo=False),
        _item("宣传画报粘贴、分类知晓公示", 3, by_rate=True, needs_photo=False),
    ),
)

TEMPLATES = {template.code: template for template in (RURAL, URBAN)}

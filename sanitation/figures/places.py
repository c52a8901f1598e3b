"""指标 of places and of those who answer for them."""

from portal.figures import Category, register
from sanitation.enums.places import KeyUnitKind, PointKind, RepresentativeKind
from sanitation.figures.base import stock
from sanitation.models import InspectionPoint, KeyUnit, Representative

LASTING = {"starts": "starts_on", "ends": "ends_on", "ends_inclusive": True}

register(
    stock(
        "points",
        "检查点位",
        "处",
        "期末那一天已设立、没有撤销的检查点位数；撤销当天仍计入。",
        keywords=("点位",),
        model=InspectionPoint,
        categories={"kind": Category("类别", "kind", dict(PointKind.choices))},
        **LASTING,
    ),
    stock(
        "key_units",
        "环卫重点单位",
        "家",
        "期末那一天已列入、没有移出的环境卫生重点单位数；移出当天仍计入。",
        keywords=("重点企业", "重点单位"),
        model=KeyUnit,
        categories={"kind": Category("类别", "kind", dict(KeyUnitKind.choices))},
        **LASTING,
    ),
    stock(
        "representatives",
        "环境卫生代表",
        "人",
        "期末那一天在任的乐和代表、小组代表和互助会成员人次；一人有两个身份算两个，离任当天仍计入。",
        keywords=("乐和代表", "小组代表"),
        model=Representative,
        categories={"kind": Category("身份", "kind", dict(RepresentativeKind.choices))},
        **LASTING,
    ),
)

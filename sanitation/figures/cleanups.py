"""指标 of clean-ups: how many, who took part, what was brought away."""

from dataclasses import dataclass

from django.db.models import Q

from portal.figures import Amount, Category, Total, register
from residents.models import Activity
from sanitation.enums.places import PointKind
from sanitation.figures.base import own_flow
from sanitation.models import CleanupDetail
from sanitation.selectors.shares import CLEANUPS

# What is known of a clean-up beyond the shared activity, of those that count.
DETAILS = Q(
    activity__deleted_at__isnull=True,
    activity__kind="cleanup",
    activity__domains__contains=["sanitation"],
)


@dataclass(frozen=True)
class DecimalTonnes(Amount):
    """Sum of a field of tonnes, told with its three decimals."""

    places, shortens = 3, False


def details(code, label, measure, definition, keywords=(), **options):
    options = {"model": CleanupDetail, "where": DETAILS, "date": "activity__occurred_on"} | options
    return own_flow(code, label, measure, definition, keywords, **options)


register(
    own_flow(
        "cleanups",
        "集中清理次数",
        "次",
        "活动日期在期内、计入环境卫生、类型为卫生清理的活动次数；与志愿服务合办的同一次活动只登记一次。",
        ("集中清理", "大扫除", "卫生清理"),
        model=Activity,
        where=CLEANUPS,
    ),
    own_flow(
        "cleanup_participants",
        "集中清理参加人次",
        "人次",
        "活动日期在期内、计入环境卫生、类型为卫生清理的活动所登记的参加人次之和。",
        ("参加清理",),
        model=Activity,
        where=CLEANUPS,
        value=Total("participants"),
    ),
    own_flow(
        "cleanup_parties",
        "集中清理参加单位",
        "家次",
        "活动日期在期内、计入环境卫生、类型为卫生清理的活动所登记的参加单位数之和。",
        model=Activity,
        where=CLEANUPS,
        value=Total("parties"),
    ),
    details(
        "cleanups_detailed",
        "写明成果的集中清理",
        "次",
        "活动日期在期内的集中清理中，登记了清理成果的次数；按清理范围分时，一次清理几类地方的各算一次。",
        categories={
            "scopes": Category("清理范围", "scopes", dict(PointKind.choices), array=True),
        },
    ),
    details(
        "cleanup_vehicles",
        "集中清理出动车辆",
        "辆次",
        "活动日期在期内的集中清理所登记的出动车辆之和。",
        ("清理车辆",),
        value=Total("vehicles"),
    ),
    details(
        "cleanup_tonnes",
        "集中清理垃圾量",
        "吨",
        "活动日期在期内的集中清理所登记的清理垃圾吨数之和；没有填的不计。",
        ("清理垃圾",),
        value=DecimalTonnes("tonnes"),
    ),
    details(
        "cleanup_spots",
        "集中清理死角数",
        "处",
        "活动日期在期内的集中清理所登记的清理死角处数之和。",
        ("清理死角", "卫生死角"),
        value=Total("spots"),
    ),
)

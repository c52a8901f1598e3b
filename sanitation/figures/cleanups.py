"""Figures of sanitation work."""

from django.db.models import Q

from portal.figures import Total, register
from portal.figures.family import Family
from portal.ledgers.shares import ours
from residents.enums import ActivityKind
from residents.models import Activity

_work = Family("sanitation")
CLEANUPS = ours("sanitation") & Q(kind=ActivityKind.CLEANUP)

register(
    _work.flow(
        "cleanups",
        "集中清理次数",
        "次",
        "活动日期在期内、计入环境卫生、类型为卫生清理的活动次数；与志愿服务合办的同一次活动只登记一次。",
        ("集中清理", "大扫除", "卫生清理"),
        model=Activity,
        where=CLEANUPS,
    ),
    _work.flow(
        "cleanup_participants",
        "集中清理参加人次",
        "人次",
        "活动日期在期内、计入环境卫生、类型为卫生清理的活动所登记的参加人次之和。",
        ("参加清理",),
        model=Activity,
        where=CLEANUPS,
        value=Total("participants"),
    ),
)

"""Figures of inspections: how many of which kind, the groups sampled, what communities say, score rates.

Only what is open counts: an unannounced inspection from its publication on, by the day it was held.
"""

from django.db.models import Q

from portal.figures import Amount, Category, register
from sanitation.enums.inspections import InspectionKind, SampleMethod
from sanitation.figures.base import average, flow, own_flow, ratio
from sanitation.models import Inspection, InspectionReply, SampledGroup

OPEN = Q(is_open=True)
MARKED = OPEN & Q(score__isnull=False)
UNANNOUNCED = Q(kind=InspectionKind.UNANNOUNCED)
BY_KIND = {"kind": Category("检查方式", "kind", dict(InspectionKind.choices))}
BY_METHOD = {"method": Category("抽样方式", "method", dict(SampleMethod.choices))}
PUBLISHED = "暗访公布后才计入，仍按检查日期"

register(
    flow(
        "inspections",
        "环卫检查次数",
        "次",
        f"检查日期在期内、已提交并公开的环境卫生检查次数，含各种检查方式；{PUBLISHED}。",
        ("环境卫生检查", "卫生检查", "检查"),
        model=Inspection,
        where=OPEN,
        categories=BY_KIND,
    ),
    flow(
        "unannounced_inspections",
        "环卫暗访次数",
        "次",
        f"检查日期在期内、检查方式为暗访的环境卫生检查次数；{PUBLISHED}。",
        ("暗访",),
        model=Inspection,
        where=OPEN & UNANNOUNCED,
    ),
    flow(
        "sampled_groups",
        "抽查小组数",
        "个",
        f"检查日期在期内的环境卫生检查所抽查的网格（小组）个数，一次检查一个小组算一个；{PUBLISHED}。",
        ("抽查小组", "抽查网格"),
        model=SampledGroup,
        where=OPEN,
        date="inspection__occurred_on",
        categories=BY_METHOD,
    ),
    flow(
        "inspection_marks",
        "环卫检查得分合计",
        "分",
        f"检查日期在期内、有得分的环境卫生检查的得分之和；{PUBLISHED}。",
        model=Inspection,
        where=MARKED,
        value=Amount("score"),
        categories=BY_KIND,
    ),
    flow(
        "inspection_full_marks",
        "环卫检查满分合计",
        "分",
        f"检查日期在期内、有得分的环境卫生检查中适用项目的满分之和；{PUBLISHED}。",
        model=Inspection,
        where=MARKED,
        value=Amount("full"),
        categories=BY_KIND,
    ),
    ratio(
        "inspection_rate",
        "环卫检查平均得分率",
        "环卫检查得分合计 ÷ 环卫检查满分合计；不适用的项目不计入满分。",
        ("平均得分率", "得分率"),
        of="inspection_marks",
        among="inspection_full_marks",
        categories=BY_KIND,
    ),
    flow(
        "inspections_marked",
        "计分的环卫检查",
        "次",
        f"检查日期在期内、有得分的环境卫生检查次数；{PUBLISHED}。",
        ("计分检查",),
        model=Inspection,
        where=MARKED,
        categories=BY_KIND,
    ),
    average(
        "inspection_average",
        "环卫检查平均得分",
        "分",
        "环卫检查得分合计 ÷ 计分的环卫检查；满分不同的检查请看平均得分率。",
        ("检查平均分",),
        of="inspection_marks",
        among="inspections_marked",
        categories=BY_KIND,
    ),
    flow(
        "unannounced_marks",
        "环卫暗访得分合计",
        "分",
        f"检查日期在期内、有得分的暗访的得分之和；{PUBLISHED}。",
        model=Inspection,
        where=MARKED & UNANNOUNCED,
        value=Amount("score"),
    ),
    flow(
        "unannounced_full_marks",
        "环卫暗访满分合计",
        "分",
        f"检查日期在期内、有得分的暗访中适用项目的满分之和；{PUBLISHED}。",
        model=Inspection,
        where=MARKED & UNANNOUNCED,
        value=Amount("full"),
    ),
    ratio(
        "unannounced_rate",
        "环卫暗访平均得分率",
        "环卫暗访得分合计 ÷ 环卫暗访满分合计；不适用的项目不计入满分。",
        ("暗访得分率",),
        of="unannounced_marks",
        among="unannounced_full_marks",
    ),
    own_flow(
        "inspection_replies",
        "检查结果答复数",
        "次",
        "签认或提出异议的日期在期内的检查结果次数，由被检查的社区（村）登记。",
        ("签认检查结果",),
        model=InspectionReply,
    ),
    own_flow(
        "inspection_objections",
        "检查结果异议数",
        "次",
        "提出日期在期内、被检查的社区（村）对检查结果提出的异议次数。",
        ("检查异议",),
        model=InspectionReply,
        where=Q(agrees=False),
    ),
    own_flow(
        "inspection_objections_upheld",
        "成立的检查结果异议",
        "次",
        "提出日期在期内、经核对成立并已更正的检查结果异议次数。",
        ("异议成立",),
        model=InspectionReply,
        where=Q(agrees=False, upheld=True),
    ),
    ratio(
        "inspection_upheld_rate",
        "检查结果异议成立率",
        "成立的检查结果异议 ÷ 检查结果异议数。",
        ("异议成立率",),
        of="inspection_objections_upheld",
        among="inspection_objections",
    ),
)

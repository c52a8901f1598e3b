"""Figures of the quarter's scores: what is published, of communities; objections; special checks."""

from django.db.models import Q

from portal.figures import Amount, Category, register
from sanitation.enums.scoring import AssessmentKind
from sanitation.figures.base import average, flow, own_flow
from sanitation.models import QuarterScore, ScoreObjection, SpecialAssessment

OPEN = Q(is_open=True)

register(
    flow(
        "communities_scored",
        "季度得分社区数",
        "个次",
        "季度末在期内、已公布且有总分的季度得分条数，一个社区（村）每个季度一条。",
        ("季度得分社区", "参加考核"),
        model=QuarterScore,
        where=OPEN & Q(total__isnull=False),
    ),
    flow(
        "communities_ranked",
        "季度排名社区数",
        "个次",
        "季度末在期内、已公布且有名次的季度得分条数，一个社区（村）每个季度一条。",
        ("参加排名",),
        model=QuarterScore,
        where=OPEN & Q(rank__isnull=False),
    ),
    flow(
        "score_points",
        "季度得分合计",
        "分",
        "季度末在期内、已公布的季度得分之和。",
        model=QuarterScore,
        where=OPEN & Q(total__isnull=False),
        value=Amount("total"),
    ),
    average(
        "average_score",
        "季度平均得分",
        "分",
        "季度末在期内、已公布的季度得分之和，除以有总分的条数。",
        ("平均得分", "平均分"),
        of="score_points",
        among="communities_scored",
    ),
    own_flow(
        "score_objections",
        "季度得分异议",
        "条",
        "社区（村）在期内对季度得分提出的异议条数，按提出日期计算。",
        ("得分异议", "异议"),
        model=ScoreObjection,
    ),
    own_flow(
        "score_objections_upheld",
        "季度得分异议成立",
        "条",
        "社区（村）在期内对季度得分提出、答复为成立的异议条数，按提出日期计算。",
        ("异议成立",),
        model=ScoreObjection,
        where=Q(upheld=True),
    ),
    flow(
        "special_assessments",
        "专项考核次数",
        "次",
        "考核日期在期内的专项考核条数，每个社区（村）每项每次一条。",
        ("专项考核",),
        model=SpecialAssessment,
        categories={"kind": Category("考核内容", "kind", dict(AssessmentKind.choices))},
    ),
)

"""Paragraphs: inspections, samples, what communities said of them, and what superiors found."""

from collections import defaultdict

from portal.numbers import trimmed
from portal.summaries import FigureTable, Narrative, register
from portal.telling import divided, listed, month_day, plain
from sanitation.enums.inspections import InspectionKind
from sanitation.models import Inspection
from sanitation.selectors.inspections import all_draws_are_kept
from sanitation.summaries.outlines import SANITATION, told

PART = "inspections"


def by_kind(telling):
    parts = divided(telling, "sanitation.inspections", "kind")
    if parts:
        yield f"开展环境卫生检查{{sanitation.inspections}}，其中{parts}。"


def by_method(telling):
    """That draws can be done again is told only where that holds for every group drawn."""
    parts = divided(telling, "sanitation.sampled_groups", "method")
    if parts:
        kept = all_draws_are_kept(telling.units, telling.period)
        proof = "；随机抽取的种子、范围和结果均留底备查" if kept else ""
        yield f"检查共抽查小组{{sanitation.sampled_groups}}，其中{parts}{proof}。"


def by_superiors(telling):
    """One sentence for each level of superiors, with days and communities."""
    span = (telling.period.start, telling.period.end)
    rows = Inspection.objects.kept().filter(
        community__in=telling.units,
        kind=InspectionKind.SUPERIOR,
        is_open=True,
        occurred_on__range=span,
    )
    found = defaultdict(list)
    for row in rows.select_related("community").order_by("occurred_on", "pk"):
        score = f"（{trimmed(row.score)}分）" if row.score is not None else ""
        where = f"{month_day(row.occurred_on)}{plain(str(row.community))}{score}"
        found[row.get_rank_display()].append(where)
    for rank, places in found.items():
        yield f"接受{rank}督查：{listed(places, 12)}。"


register(
    Narrative(SANITATION, PART, 100, by_kind),
    Narrative(SANITATION, PART, 110, by_method),
    told(
        PART,
        120,
        "计分的检查{sanitation.inspections_marked}，平均得分{sanitation.inspection_average}，"
        "平均得分率{sanitation.inspection_rate}。",
        "inspections_marked",
    ),
    told(
        PART,
        122,
        "暗访平均得分率{sanitation.unannounced_rate}。",
        "unannounced_full_marks",
    ),
    told(
        PART,
        130,
        "社区（村）对检查结果签认、答复{sanitation.inspection_replies}。",
        "inspection_replies",
    ),
    told(
        PART,
        132,
        "对检查结果提出异议{sanitation.inspection_objections}，经核对成立并更正"
        "{sanitation.inspection_objections_upheld}，异议成立率{sanitation.inspection_upheld_rate}。",
        "inspection_objections",
    ),
    Narrative(SANITATION, PART, 140, by_superiors),
    FigureTable(
        SANITATION,
        PART,
        150,
        "各社区（村）检查情况",
        (
            "sanitation.inspections",
            "sanitation.unannounced_inspections",
            "sanitation.sampled_groups",
            "sanitation.inspection_objections",
            "sanitation.inspection_rate",
            "sanitation.unannounced_rate",
        ),
        by="unit",
    ),
)

"""What outline G tells of what inspections found."""

from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import divided
from sanitation.summaries.outlines import SANITATION, told

MOST_TYPES = 8


def by_type(telling: Telling):
    """The commonest types of problem, in places."""
    found = divided(telling, "sanitation.finding_spots", "problem", MOST_TYPES)
    if found:
        yield f"主要是{found}。"


register(
    told(
        "inspections",
        134,
        "各类检查共发现问题{sanitation.findings}，{sanitation.finding_spots}，其中严重问题"
        "{sanitation.serious_findings}。",
        "findings",
    ),
    Narrative(SANITATION, "inspections", 135, by_type),
    told(
        "inspections",
        136,
        "巡查与季度检查等重复发现的同一问题{sanitation.repeated_findings}，只计一次。",
        "repeated_findings",
    ),
    told(
        "inspections",
        137,
        "附有照片的问题{sanitation.findings_with_photo}，附照片率{sanitation.finding_photo_rate}。",
        "findings_with_photo",
    ),
    FigureTable(
        SANITATION,
        "inspections",
        152,
        "检查发现的问题",
        ("sanitation.findings", "sanitation.finding_spots", "sanitation.serious_findings"),
        by="problem",
        chart="sanitation.finding_spots",
    ),
)

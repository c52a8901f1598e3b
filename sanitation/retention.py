"""How long inspections and what they found, with its photos, are kept (domain §6.4: ten years), and what goes
with them. A finding goes with its inspection only if its own time is over too."""

from django.db.models import Q

from portal.retention import Rule, belongs, register
from portal.retention.periods import Kept
from sanitation.models import (
    Finding,
    GroupDraw,
    InspectedItem,
    Inspection,
    InspectionReply,
    RectificationOrder,
    RectificationRound,
    SampledGroup,
)

GROUND = "检查评分 10 年：机关档案保管期限的常用年限；本地档案部门另有规定的从其规定"
KEPT = Q(deleted_at__isnull=True)

register(
    Rule(
        "sanitation.inspections",
        "环境卫生检查",
        Inspection,
        "occurred_on",
        Kept(years=10),
        GROUND,
        KEPT,
    ),
    Rule(
        "sanitation.findings",
        "检查发现的问题（连同照片）",
        Finding,
        "found_at",
        Kept(years=10),
        GROUND,
        KEPT,
    ),
)
for part in (InspectedItem, SampledGroup, GroupDraw, InspectionReply):
    belongs(part, "inspection")
belongs(Finding, "inspection", rule="sanitation.findings")
belongs(RectificationOrder, "finding")
belongs(RectificationRound, "order")

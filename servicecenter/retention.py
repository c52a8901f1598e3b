"""How long cases are kept (domain §6.4: ten years; the local schedule of archives goes before), and what goes with
them. A checklist goes with its visit."""

from django.db.models import Q

from portal.retention import Rule, belongs, register
from portal.retention.periods import Kept
from servicecenter.enums.cases import CaseState
from servicecenter.models import (
    Case,
    CaseHandOver,
    CaseMaterial,
    CasePartner,
    CasePause,
    CaseRedating,
    CaseStep,
    ChecklistAnswer,
    FolkVisit,
    Rating,
    RatingInvitation,
    Redress,
    RedressStep,
    Supervision,
    SupervisionStep,
)

SCHEDULE = "机关档案保管期限的常用年限；本地档案部门另有规定的从其规定"

register(
    Rule(
        "servicecenter.cases",
        "已归档的办件",
        Case,
        "archived_on",
        Kept(years=10),
        f"办件 10 年：{SCHEDULE}",
        Q(state=CaseState.ARCHIVED, deleted_at__isnull=True),
    ),
)
for part in (
    CaseStep,
    CaseMaterial,
    CasePause,
    CaseHandOver,
    CasePartner,
    RatingInvitation,
    Rating,
    Supervision,
):
    belongs(part, "case")
belongs(CaseRedating, "case", cascades=True)
belongs(Redress, "rating")
belongs(RedressStep, "redress")
belongs(SupervisionStep, "supervision")
belongs(FolkVisit, "visit")
belongs(ChecklistAnswer, "folk")

"""What comes next: the agency's own open tasks, and the cases that wait."""

from portal.office.summaries import planned_next
from portal.summaries import Narrative, register
from servicecenter.summaries.cases import value
from servicecenter.summaries.outlines import AGENCY, told


def plans(telling):
    return planned_next(telling, "servicecenter")


def others(telling):
    """Cases whose time has not run out."""
    overdue = value(telling, "overdue")
    if value(telling, "in_progress") > overdue:
        yield f"{'其余' if overdue else '期末'}在办件按承诺期限办理，逐件跟踪到回复。"


register(
    Narrative(AGENCY, "next", 5, plans),
    told(
        "next",
        10,
        "对期末超期的{servicecenter.overdue}逐件督办，说明原因，限期办结。",
        "overdue",
    ),
    told("next", 12, "对已办结未回复的{servicecenter.unreplied}尽快回复申请人。", "unreplied"),
    Narrative(AGENCY, "next", 14, others),
)

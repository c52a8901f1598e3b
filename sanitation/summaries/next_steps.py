"""What outline G tells of gaps, by the figures that tell of them, and of what comes next: open tasks of the
plans of sanitation work."""

from portal.office.summaries import planned_next
from portal.summaries import Narrative, Telling, register
from sanitation.summaries.outlines import SANITATION, told
from sanitation.summaries.telling import counted


def hot_spots_left(telling: Telling):
    """Of those that were raised, how many nobody has solved."""
    if counted(telling, "hot_spots_pending"):
        yield (
            "群众反映的环境卫生热点问题{sanitation.hot_spots_raised}中，还有"
            "{sanitation.hot_spots_pending}没有办结。"
        )


def not_looked_at(telling: Telling):
    """What was ordered to be mended and not looked at again."""
    if counted(telling, "enforcement_ordered") > counted(telling, "enforcement_rechecked"):
        yield (
            "集镇整治责令整改{sanitation.enforcement_ordered}，只复查了"
            "{sanitation.enforcement_rechecked}，防反弹的措施还不实。"
        )


def untold_cleanups(telling: Telling):
    """Clean-ups of which nobody told what they brought away."""
    if counted(telling, "cleanups") > counted(telling, "cleanups_detailed"):
        yield (
            "集中清理{sanitation.cleanups}，写明成果的{sanitation.cleanups_detailed}，台账不够完整。"
        )


def plans(telling: Telling):
    return planned_next(telling, "sanitation")


def still_to_settle(telling: Telling):
    if counted(telling, "hot_spots_pending"):
        yield "对没有办结的热点问题{sanitation.hot_spots_pending}逐件明确责任人和期限，办结后答复反映人。"


register(
    Narrative(SANITATION, "gaps", 510, hot_spots_left),
    Narrative(SANITATION, "gaps", 520, not_looked_at),
    Narrative(SANITATION, "gaps", 530, untold_cleanups),
    told("gaps", 540, "环卫工作计划中有{sanitation.tasks_open}到期没有完成。", "tasks_open"),
    Narrative(SANITATION, "next", 10, plans),
    Narrative(SANITATION, "next", 20, still_to_settle),
)

"""What the outlines tell of the needs survey and of problems that were found by it."""

from disability.enums.needs import RAISED
from disability.summaries.outlines import CENTRE, COMMUNITY, STREET, told
from portal.figures import engine
from portal.summaries import Narrative, Telling, register


def by_class(telling: Telling):
    """Which classes were needed, by how many; only those that somebody raised."""
    raised = engine.by_category("disability.needs_raised", "kind", telling.units, telling.period)
    named = [
        f"{label}{{disability.needs_of_{value}}}" for value, label in RAISED if raised[value].value
    ]
    if named:
        yield f"按需求类别分，{'、'.join(named)}。"


SURVEYED = (
    "逐户逐人开展康复需求调查，共调查{disability.needs_surveyed}，有康复需求{disability.needs_found}，"
    "需求筛出率{disability.needs_rate}。"
)
NONE = "明确表示没有康复需求的{disability.needs_none}。"
MET = (
    "提出康复需求{disability.needs_raised}，已满足{disability.needs_met}，"
    "满足率{disability.needs_met_rate}。"
)
SOLVED = (
    "对调查和走访中发现的困难逐件分析解决，共收集问题{disability.problems}，已解决"
    "{disability.problems_solved}，解决率{disability.problems_solved_rate}。"
)
UNMET = "尚有{disability.needs_unmet}康复需求没有满足，需逐项落实。"

register(
    told(COMMUNITY, "rehabilitation", 10, SURVEYED, "needs_surveyed"),
    told(COMMUNITY, "rehabilitation", 11, NONE, "needs_none"),
    Narrative(COMMUNITY, "rehabilitation", 12, by_class),
    told(COMMUNITY, "rehabilitation", 14, MET, "needs_raised"),
    told(COMMUNITY, "visits", 25, SOLVED, "problems"),
    told(COMMUNITY, "gaps", 30, UNMET, "needs_unmet"),
    told(
        STREET,
        "doorstep",
        10,
        "组织助残员入户开展康复需求调查，共调查{disability.needs_surveyed}，有康复需求"
        "{disability.needs_found}，需求筛出率{disability.needs_rate}，调查覆盖率"
        "{disability.survey_coverage}。",
        "needs_surveyed",
    ),
    Narrative(STREET, "doorstep", 12, by_class),
    told(STREET, "doorstep", 14, MET, "needs_raised"),
    told(STREET, "gaps", 30, UNMET, "needs_unmet"),
    told(CENTRE, "basics", 20, SURVEYED, "needs_surveyed"),
    told(CENTRE, "basics", 21, NONE, "needs_none"),
    told(CENTRE, "basics", 22, "调查覆盖率{disability.survey_coverage}。", "needs_surveyed"),
    Narrative(CENTRE, "basics", 24, by_class),
    told(CENTRE, "basics", 26, SOLVED, "problems"),
    told(CENTRE, "gaps", 30, UNMET, "needs_unmet"),
    told(
        CENTRE,
        "next",
        30,
        "对尚未满足的{disability.needs_unmet}康复需求逐项安排，落实一项、登记一项。",
        "needs_unmet",
    ),
)

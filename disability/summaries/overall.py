"""What a street's roll-up (outline H) tells of disability work, by community."""

from disability.summaries.telling import counted
from portal.office.summaries import OVERALL, overall
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import by_place, changes

PART = "disability"


def codes(*names: str) -> tuple[str, ...]:
    return tuple(f"disability.{name}" for name in names)


def compared_with_before(telling: Telling):
    words = ("在册残疾人", "走访", "走访覆盖率", "享受补贴的残疾人")
    told = codes("registered", "visits", "visit_coverage", "subsidy_persons")
    return changes(telling, dict(zip(told, words, strict=True)))


def not_yet_given(telling: Telling):
    """Whose allowance is due by the records and not granted, and where they live."""
    if counted(telling, "subsidy_due_missing"):
        yield (
            "按记录应享未享残疾人补贴{disability.subsidy_due_missing}："
            f"{by_place(telling, 'disability.subsidy_due_missing')}。"
        )


def without_guardian(telling: Telling):
    if counted(telling, "guardian_missing"):
        yield (
            "应有监护人而档案中没有登记的残疾人{disability.guardian_missing}："
            f"{by_place(telling, 'disability.guardian_missing')}。"
        )


register(
    overall(
        "lead",
        30,
        "在册残疾人{disability.registered}，期内走访{disability.visits}。",
        *codes("registered"),
    ),
    overall(
        PART,
        10,
        "持证残疾人{disability.holders}，其中一级、二级重度残疾人{disability.severe_holders}，残疾人建档率"
        "{disability.files_rate}。",
        *codes("holders", "known"),
    ),
    overall(
        PART,
        20,
        "走访涉及残疾人{disability.visited_persons}，走访覆盖率{disability.visit_coverage}；慰问和救助"
        "{disability.help_given}。",
        *codes("visits", "help_given"),
    ),
    overall(
        PART,
        30,
        "期末享受残疾人补贴{disability.subsidy_persons}；提出康复需求{disability.needs_raised}，满足率"
        "{disability.needs_met_rate}。",
        *codes("subsidy_persons", "needs_raised"),
    ),
    Narrative(OVERALL, PART, 40, compared_with_before),
    FigureTable(
        OVERALL,
        PART,
        50,
        "各社区残疾人工作",
        codes("registered", "holders", "visits", "visit_coverage", "subsidy_persons"),
        by="unit",
        rank="disability.visit_coverage",
        compare=True,
    ),
    Narrative(OVERALL, "alerts", 20, not_yet_given),
    Narrative(OVERALL, "gaps", 20, without_guardian),
    overall(
        "gaps",
        25,
        "有{disability.assistance_without_amount}慰问记录没有填写金额，需补齐。",
        *codes("assistance_without_amount"),
    ),
    overall(
        "next",
        20,
        "督促各社区逐户核实应享未享补贴的残疾人，提高走访覆盖率。",
        *codes("registered"),
    ),
)

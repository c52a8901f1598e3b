"""What a street's roll-up (outline H) tells of the service agency, by community."""

from portal.office.summaries import OVERALL, overall
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import by_place, changes
from servicecenter.summaries.cases import value

PART = "servicecenter"


def codes(*names: str) -> tuple[str, ...]:
    return tuple(f"servicecenter.{name}" for name in names)


def compared_with_before(telling: Telling):
    words = ("受理办件", "办结率", "按时办结率", "满意率")
    told = codes("accepted", "completion", "on_time_rate", "satisfaction")
    return changes(telling, dict(zip(told, words, strict=True)))


def overdue(telling: Telling):
    """Cases past their promise, where they lie."""
    if value(telling, "overdue"):
        yield (
            "期末超过承诺期限没有办结的办件{servicecenter.overdue}："
            f"{by_place(telling, 'servicecenter.overdue')}。"
        )


def unreplied(telling: Telling):
    if value(telling, "unreplied"):
        yield (
            "已办结未回复申请人的办件{servicecenter.unreplied}："
            f"{by_place(telling, 'servicecenter.unreplied')}。"
        )


register(
    overall(
        "lead",
        40,
        "期内受理办件{servicecenter.accepted}，办结率{servicecenter.completion}。",
        *codes("accepted"),
    ),
    overall(
        PART,
        10,
        "受理的办件到期末办结{servicecenter.accepted_decided}，其中即办件{servicecenter.accepted_on_spot}；"
        "按时办结率{servicecenter.on_time_rate}，期末在办{servicecenter.in_progress}。",
        *codes("accepted"),
    ),
    overall(
        PART,
        20,
        "接待来访咨询{servicecenter.reception_people}，民情走访{servicecenter.folk_visits}，调解矛盾纠纷"
        "{servicecenter.mediations}。",
        *codes("reception_people", "folk_visits", "mediations"),
    ),
    overall(PART, 30, "群众满意率{servicecenter.satisfaction}。", *codes("ratings_valid")),
    Narrative(OVERALL, PART, 40, compared_with_before),
    FigureTable(
        OVERALL,
        PART,
        50,
        "各社区为民服务",
        codes("accepted", "accepted_decided", "completion", "on_time_rate", "overdue"),
        by="unit",
        rank="servicecenter.completion",
        compare=True,
    ),
    Narrative(OVERALL, "alerts", 30, overdue),
    Narrative(OVERALL, "gaps", 30, unreplied),
    overall(
        "next",
        30,
        "对期末超期的办件逐件督办，说明原因，限期办结。",
        *codes("overdue"),
    ),
)

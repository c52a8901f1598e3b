"""What summaries tell of cases: totals with their rates, what is in progress, the way they went."""

from portal import telling as telling_words
from portal.numbers import POINT
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import counted
from servicecenter.enums.catalogue import CaseKind
from servicecenter.figures.cases_open import STATES
from servicecenter.summaries.outlines import AGENCY, told

PROMISED = [kind for kind in CaseKind if kind is not CaseKind.ON_SPOT]


def value(telling: Telling, code: str):
    return counted(telling, f"servicecenter.{code}")


def each_of(telling: Telling, words: dict[str, str]) -> str:
    return telling_words.each_of(
        telling, {f"servicecenter.{code}": word for code, word in words.items()}
    )


def in_progress(telling: Telling):
    """Every case that is not decided stands somewhere."""
    states = each_of(telling, {f"in_progress_{state}": word for state, word in STATES.items()})
    if not states:
        return
    sentence = f"期末在办{{servicecenter.in_progress}}，其中{states}。"
    if value(telling, "overdue"):
        sentence += "在办件中超期{servicecenter.overdue}，在办超期率{servicecenter.overdue_rate}。"
    else:
        sentence += "在办件均未超过承诺期限。"
    yield sentence


def kinds(telling: Telling):
    of_kind = each_of(telling, {f"accepted_{kind}": kind.label for kind in CaseKind})
    if of_kind:
        rate = "，即办率{servicecenter.at_once_rate}" if value(telling, "accepted_on_spot") else ""
        yield f"按办件类型分，{of_kind}{rate}。"


def pace(telling: Telling):
    """How long each kind took from acceptance to decision, and the steps around it."""
    handled = each_of(
        telling, {f"average_days_{kind}": f"{kind.label}平均用时" for kind in PROMISED}
    )
    if handled:
        yield f"从受理到办结，{handled}。"
    steps = {
        "intake_average": "从申请到受理平均",
        "street_average": "从上报到街道办结平均",
        "answer_average": "从办结到回复平均",
    }
    steps = {code: word for code, word in steps.items() if (value(telling, code) or 0) >= POINT / 2}
    around = each_of(telling, steps)
    if around:
        yield f"各环节中，{around}。"


def receipts(telling: Telling):
    """The receipt is the promise on paper: it must be as many as were accepted."""
    issued, accepted = value(telling, "receipts"), value(telling, "accepted")
    if issued and issued == accepted:
        yield "受理时逐件出具承办单{servicecenter.receipts}，写明承诺办结日期，告知权利和义务。"
    elif issued:
        yield "受理时出具承办单{servicecenter.receipts}，写明承诺办结日期。"


def exceptions(telling: Telling):
    """What did not go straight."""
    turns = {
        "supplemented": "一次性告知补正",
        "refused": "不予受理",
        "transferred": "转办",
        "extended": "批准延期",
        "reopened": "因申请人不满意重新办理",
    }
    found = each_of(telling, turns)
    if found:
        rate = "退件率{servicecenter.refusal_rate}。" if value(telling, "applied_refused") else ""
        yield f"期内{found}。{rate}"


def without_receipt(telling: Telling):
    issued, accepted = value(telling, "receipts"), value(telling, "accepted")
    if issued < accepted:
        yield (
            "受理的{servicecenter.accepted}中，出具承办单的只有{servicecenter.receipts}，"
            "其余没有登记出具日期。"
        )


register(
    told(
        "totals",
        10,
        "共受理申请{servicecenter.accepted}，到期末已办结{servicecenter.accepted_decided}，"
        "办结率{servicecenter.completion}。",
        "accepted",
    ),
    told(
        "totals",
        20,
        "加上期结转{servicecenter.carried_over}，应办总量{servicecenter.to_decide}，期内办结"
        "{servicecenter.decided}，综合办结率{servicecenter.overall_completion}。",
        "carried_over",
    ),
    told(
        "totals",
        30,
        "承诺期限在期内的{servicecenter.due}，应办结率{servicecenter.due_completion}。",
        "due",
    ),
    told(
        "totals",
        40,
        "办结的办件中按时办结{servicecenter.on_time}，按时办结率{servicecenter.on_time_rate}。",
        "decided",
    ),
    told(
        "totals",
        50,
        "申请人中有居民{servicecenter.applicants}，辖区外申请人"
        "{servicecenter.outside_applicants}。",
        "outside_applicants",
    ),
    Narrative(AGENCY, "totals", 60, in_progress),
    FigureTable(
        AGENCY,
        "totals",
        90,
        "各月办件情况",
        tuple(f"servicecenter.{code}" for code in ("accepted", "decided", "on_time", "replied")),
    ),
    FigureTable(
        AGENCY,
        "totals",
        92,
        "各社区办件情况",
        tuple(
            f"servicecenter.{code}"
            for code in ("accepted", "accepted_decided", "completion", "on_time_rate", "overdue")
        ),
        by="unit",
        rank="servicecenter.completion",
        compare=True,
    ),
    told(
        "running",
        10,
        "申请由代办员受理登记，能当场办的即办，其余由承办站所在承诺期限内办理，须街道审批的由大厅"
        "上报，结果由代办员回复申请人。",
        "accepted",
    ),
    Narrative(AGENCY, "running", 20, kinds),
    Narrative(AGENCY, "running", 30, pace),
    told(
        "running",
        40,
        "受理后上报街道审批{servicecenter.accepted_to_street}，上报街道占比"
        "{servicecenter.street_share}。",
        "accepted_to_street",
    ),
    told("running", 50, "期内回复申请人{servicecenter.replied}。", "replied"),
    Narrative(AGENCY, "running", 60, receipts),
    Narrative(AGENCY, "running", 70, exceptions),
    *(
        FigureTable(
            AGENCY,
            "running",
            order,
            title,
            tuple(f"servicecenter.{code}" for code in codes),
            by=category,
        )
        for order, title, category, codes in (
            (
                80,
                "各类办件情况",
                "kind",
                ("accepted", "accepted_decided", "completion", "on_time_rate", "average_days"),
            ),
            (
                82,
                "各业务类别办件情况",
                "department",
                ("accepted", "accepted_decided", "completion", "in_progress"),
            ),
            (
                84,
                "各站所办件情况",
                "station",
                ("accepted", "accepted_decided", "completion", "in_progress", "overdue"),
            ),
        )
    ),
    told(
        "gaps",
        10,
        "到期末有{servicecenter.overdue}超过承诺期限没有办结。",
        "overdue",
    ),
    told("gaps", 12, "已办结未回复{servicecenter.unreplied}，没有形成闭环。", "unreplied"),
    Narrative(AGENCY, "gaps", 14, without_receipt),
)

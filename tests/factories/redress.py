"""Supervisions, ratings and redresses; call inside ``acting``."""

from datetime import date

from servicecenter.enums.cases import CaseState
from servicecenter.enums.loops import REDRESS_OVER
from servicecenter.enums.ratings import RatingChannel, RedressState, VoidReason
from servicecenter.enums.supervision import SupervisionState, SupervisionTrigger
from servicecenter.models import Rating, Redress, Supervision
from tests.factories import cases

RATED = date(2025, 3, 10)
STEPS = {  # what is filled in each state
    RedressState.CALLING: 0,
    RedressState.REMEDY: 1,
    RedressState.FEEDBACK: 2,
    RedressState.REVIEW: 3,
    RedressState.DONE: 4,
    RedressState.APPEALED: 1,
    RedressState.VOIDED: 1,
}
DONE = (
    {"called_on": date(2025, 3, 11), "called_by": "林秋月", "heard": "材料多跑了一趟。"},
    {"remedied_on": date(2025, 3, 12), "remedied_by": "林秋月", "remedy": "修订告知单。"},
    {"told_on": date(2025, 3, 13), "told_by": "林秋月", "feedback": "已电话告知，表示认可。"},
    {"reviewed_on": date(2025, 3, 14), "reviewed_by": "陈志远", "review": "整改到位。"},
)


def rating(case, level=5, **fields):
    usual = {"occurred_on": RATED, "channel": RatingChannel.WINDOW}
    return Rating.objects.create(unit=case.unit, case=case, level=level, **usual | fields)


def replied(unit, **fields):
    return cases.case(unit, CaseState.REPLIED, **fields)


def redress(of, state=RedressState.CALLING, **fields):
    """The redress of a bad rating (or of a new one of this unit) as it stands in that state."""
    of = of if isinstance(of, Rating) else rating(replied(of), 1)
    found = {"occurred_on": of.occurred_on, "due_on": date(2025, 3, 17)}
    for part in DONE[: STEPS[state]]:
        found |= part
    if state in {RedressState.APPEALED, RedressState.VOIDED}:
        found |= {
            "appealed_on": date(2025, 3, 12),
            "appealed_by": "林秋月",
            "appeal_for": VoidReason.MISTAKEN,
            "appeal": "按错了键。",
        }
    if state == RedressState.VOIDED:
        found |= {
            "judged_on": date(2025, 3, 13),
            "judged_by": "陈志远",
            "judgement": "属实。",
        }
    if state in REDRESS_OVER:
        found["closed_on"] = date(2025, 3, 14)
    return Redress.objects.create(unit=of.unit, rating=of, state=state, **found | fields)


def supervision(case, state=SupervisionState.WAITING, **fields):
    day = fields.get("occurred_on", date(2025, 3, 11))
    usual = {
        "occurred_on": day,
        "level_on": day,
        "trigger": SupervisionTrigger.BY_HAND,
        "target": "林秋月",
        "asked_by": "陈志远",
        "ask": "请抓紧办理并说明情况。",
        "reply_by": date(2025, 3, 13),
    }
    if state != SupervisionState.WAITING:
        usual |= {"replied_on": date(2025, 3, 12), "replied_by": "林秋月", "reply": "今天办结。"}
    if state == SupervisionState.CLOSED:
        usual |= {"closed_on": date(2025, 3, 13), "closing": "已办结。"}
    return Supervision.objects.create(unit=case.unit, case=case, state=state, **usual | fields)


def one_of_each(who) -> dict:
    """A row of every ledger of 督办与评价 by its slug, each naming 金丝雀."""
    unit, canary = who.unit, "金丝雀"
    good = replied(unit, resident=who)
    bad = rating(replied(unit, resident=who), 1, comment=canary)
    return {
        "supervisions": supervision(good, target=canary),
        "ratings": bad,
        "redresses": redress(bad, RedressState.DONE, heard=canary),
    }

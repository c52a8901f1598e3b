"""How an ask and the answer of each community go on, as data; nothing here touches the database.

``who`` is the permission that the step asks for: at the community for those of ANSWERS, at the unit that
asked for the others.
"""

from django.db.models import TextChoices

from portal.workflow import Step, Workflow

SENDS, ANSWERS = "asks.send", "asks.answer"


class AskState(TextChoices):
    OPEN = "open", "进行中"
    DONE = "done", "已办结"
    CANCELLED = "cancelled", "已取消"


class AnswerState(TextChoices):
    WAITING = "waiting", "待答复"
    CONFIRMED = "confirmed", "已答复"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已查收"


S, A = AskState, AnswerState
DUE = frozenset({A.WAITING, A.RETURNED})  # the community's turn
GIVEN = frozenset({A.CONFIRMED, A.ACCEPTED})  # its numbers stand

ASK = Workflow(
    {
        "extend": Step(
            "延长期限",
            frozenset({S.OPEN}),
            asks=("due_at", "reason"),
            needs=("due_at", "reason"),
            who=SENDS,
        ),
        "close": Step("办结", frozenset({S.OPEN}), S.DONE, asks=("reason",), who=SENDS),
        "cancel": Step(
            "取消", frozenset({S.OPEN}), S.CANCELLED, ("reason",), ("reason",), who=SENDS
        ),
    }
)
ANSWER = Workflow(
    {
        "confirm": Step("确认数字", DUE, A.CONFIRMED, asks=("note",), who=ANSWERS),
        "recall": Step(
            "收回答复", frozenset({A.CONFIRMED}), A.WAITING, asks=("note",), who=ANSWERS
        ),
        "accept": Step("查收", frozenset({A.CONFIRMED}), A.ACCEPTED, asks=("note",), who=SENDS),
        "return": Step(
            "退回", frozenset({A.CONFIRMED}), A.RETURNED, ("note",), ("note",), who=SENDS
        ),
        # What the community confirmed for another ask of the same figures; nobody is asked again.
        "reuse": Step("沿用以前的答复", frozenset({A.WAITING}), A.ACCEPTED, who=SENDS),
    }
)
GIVING = frozenset({"confirm", "reuse"})  # the steps that freeze numbers

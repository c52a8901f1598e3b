"""How applications, problem items and requests about personal data go on, as data; no database here."""

from portal.workflow import Step, Workflow
from residents.enums import ApplicationState as A
from residents.enums import ProblemState as P
from residents.enums import RequestState as R

UNDECIDED = frozenset({A.PENDING, A.ACCEPTED, A.REVIEWING})
DECIDED = frozenset(A) - UNDECIDED
UNSETTLED = frozenset({P.OPEN, P.WORKING, P.HANDED_UP})
SETTLED = frozenset(P) - UNSETTLED
UNANSWERED = frozenset({R.REGISTERED, R.VERIFIED})
REPLIED = frozenset({R.ANSWERED, R.REFUSED})

APPLICATION = Workflow(
    {
        "accept": Step("受理", frozenset({A.PENDING}), A.ACCEPTED, ("agent", "materials")),
        "review": Step("转审核", frozenset({A.PENDING, A.ACCEPTED}), A.REVIEWING, ("agent",)),
        "approve": Step(
            "批准", UNDECIDED, A.APPROVED, ("decided_on", "amount", "standard"), ("decided_on",)
        ),
        "refuse": Step(
            "不批准", UNDECIDED, A.REFUSED, ("decided_on", "note"), ("decided_on", "note")
        ),
        "withdraw": Step("撤回", UNDECIDED, A.WITHDRAWN, ("decided_on", "note"), ("decided_on",)),
        "reopen": Step("重新办理", DECIDED, A.PENDING, ("note",), ("note",), ("decided_on",)),
    }
)

PROBLEM = Workflow(
    {
        "start": Step(
            "交办", frozenset({P.OPEN}), P.WORKING, ("owner", "due_on"), ("owner", "due_on")
        ),
        "solve": Step(
            "办结",
            UNSETTLED,
            P.SOLVED,
            ("closed_on", "result", "replied_on"),
            ("closed_on", "result"),
        ),
        "hand_up": Step(
            "上报",
            frozenset({P.OPEN, P.WORKING}),
            P.HANDED_UP,
            ("handed_to", "due_on"),
            ("handed_to",),
        ),
        "give_up": Step(
            "无法解决",
            UNSETTLED,
            P.UNSOLVABLE,
            ("closed_on", "result", "replied_on"),
            ("closed_on", "result"),
        ),
        "reply": Step("答复反映人", SETTLED, "", ("replied_on",), ("replied_on",)),
        "reopen": Step(
            "重新办理",
            SETTLED,
            P.WORKING,
            ("owner", "due_on"),
            ("owner", "due_on"),
            ("closed_on", "result", "replied_on"),
        ),
    }
)

DATA_REQUEST = Workflow(
    {
        "verify": Step(
            "核验身份",
            frozenset({R.REGISTERED}),
            R.VERIFIED,
            ("identity_paper", "authority_paper"),
            ("identity_paper",),
        ),
        "answer": Step("办理并答复", frozenset({R.VERIFIED}), R.ANSWERED, ("answer",), ("answer",)),
        "refuse": Step(
            "不予办理",
            UNANSWERED,
            R.REFUSED,
            ("refusal_ground", "answer"),
            ("refusal_ground", "answer"),
        ),
        "withdraw": Step("撤回", UNANSWERED, R.WITHDRAWN, ("answer",), ("answer",)),
        "close": Step(
            "送达办结", REPLIED, R.CLOSED, ("handed_on", "handed_how"), ("handed_on", "handed_how")
        ),
    }
)

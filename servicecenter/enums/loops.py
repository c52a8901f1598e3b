"""The ways of a supervision and of the redress of a bad rating, as data.

``who`` is the permission of each step. What more is asked — that nobody reviews their own remedy, that
a clerk answers for what a clerk left undone — stands in ``servicecenter.services.loops``.
"""

from portal.workflow import Step, Workflow
from servicecenter.enums.ratings import RedressState as R
from servicecenter.enums.supervision import SupervisionState as S
from servicecenter.enums.supervision import SupervisionTrigger as T

CLERK, HANDLER, SUPERVISOR = "cases.accept", "cases.handle", "cases.supervise"
OF_CLERKS = frozenset({T.UNASSIGNED, T.UNREPLIED})  # what the window left undone

SUPERVISION_OPEN = frozenset({S.WAITING, S.ANSWERED})
SUPERVISION = Workflow(
    {
        "reply": Step(
            "答复督办",
            frozenset({S.WAITING}),
            S.ANSWERED,
            ("replied_on", "replied_by", "reply"),
            ("replied_on", "replied_by", "reply"),
            who=HANDLER,
        ),
        "urge": Step(
            "再次催办",
            SUPERVISION_OPEN,
            S.WAITING,
            ("urged_on", "urge"),
            ("urged_on", "urge"),
            who=SUPERVISOR,
        ),
        "escalate": Step(
            "升级督办",
            SUPERVISION_OPEN,
            S.WAITING,
            ("urged_on", "urge"),
            ("urged_on", "urge"),
            who=SUPERVISOR,
        ),
        "close": Step(
            "销号",
            SUPERVISION_OPEN,  # by hand only when it was answered
            S.CLOSED,
            ("closed_on", "closing"),
            ("closed_on", "closing"),
            who=SUPERVISOR,
        ),
    }
)
URGING = frozenset({"urge", "escalate"})

REDRESS_OVER = frozenset({R.DONE, R.VOIDED})
REDRESS_OPEN = frozenset(R) - REDRESS_OVER
REMEDY = ("remedied_on", "remedied_by", "remedy")
FEEDBACK = ("told_on", "told_by", "feedback")
REVIEW = ("reviewed_on", "reviewed_by", "review")
APPEAL = ("appealed_on", "appealed_by", "appeal_for", "appeal")
JUDGEMENT = ("judged_on", "judged_by", "judgement")
CALL = ("called_on", "called_by", "heard")
REDRESS = Workflow(
    {
        "call": Step("回访核实", frozenset({R.CALLING}), R.REMEDY, CALL, CALL, who=HANDLER),
        "remedy": Step("整改", frozenset({R.REMEDY}), R.FEEDBACK, REMEDY, REMEDY, who=HANDLER),
        "feed_back": Step(
            "反馈评价人", frozenset({R.FEEDBACK}), R.REVIEW, FEEDBACK, FEEDBACK, who=HANDLER
        ),
        "pass": Step("复核通过", frozenset({R.REVIEW}), R.DONE, REVIEW, REVIEW, who=SUPERVISOR),
        "redo": Step(
            "退回整改",
            frozenset({R.REVIEW}),
            R.REMEDY,
            REVIEW,
            REVIEW,
            (*REMEDY, *FEEDBACK, *REVIEW),  # the review of that round is kept in its step
            who=SUPERVISOR,
        ),
        "appeal": Step(
            "申诉误评",
            frozenset({R.REMEDY, R.FEEDBACK}),
            R.APPEALED,
            APPEAL,
            APPEAL,
            who=HANDLER,
        ),
        "uphold": Step(
            "申诉成立", frozenset({R.APPEALED}), R.VOIDED, JUDGEMENT, JUDGEMENT, who=SUPERVISOR
        ),
        "reject": Step(
            "申诉不成立", frozenset({R.APPEALED}), R.REMEDY, JUDGEMENT, JUDGEMENT, who=SUPERVISOR
        ),
    }
)

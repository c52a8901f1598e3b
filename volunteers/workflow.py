"""The ways of volunteer work as data: activities, hours, requests for help, corrections, certificates.

Who may take a step stands in ``who``: a permission; an empty one is the right to edit.
"""

from portal.workflow import Step, Workflow
from volunteers.enums.activities import ActivityState as A
from volunteers.enums.certificates import CertificateState as C
from volunteers.enums.help import HelpState
from volunteers.enums.hours import CorrectionState, HoursState

APPROVE = "hours.approve"
EDIT = "volunteers.edit"


def _from(*states) -> frozenset[str]:
    return frozenset(states)


ACTIVITY = Workflow(
    {
        "recruit": Step("开始招募", _from(A.PLANNED), A.RECRUITING),
        "hold": Step("登记已举办", _from(A.PLANNED, A.RECRUITING), A.HELD),
        "cancel": Step(
            "取消活动",
            _from(A.PLANNED, A.RECRUITING),
            A.CANCELLED,
            asks=("cancelled_for",),
            needs=("cancelled_for",),
        ),
    }
)
# recorded → confirmed by the leader → posted → counted; nobody confirms what they recorded for themselves.
HOURS = Workflow(
    {
        "check_out": Step("签退", _from(HoursState.OPEN), HoursState.RECORDED),
        "confirm": Step("确认", _from(HoursState.RECORDED), HoursState.CONFIRMED),
        "approve": Step("批准超时", _from(HoursState.RECORDED), who=APPROVE),
        "refuse": Step(
            "不予认定",
            _from(HoursState.OPEN, HoursState.RECORDED, HoursState.CONFIRMED, HoursState.POSTED),
            HoursState.REFUSED,
            asks=("void_reason",),
            needs=("void_reason",),
        ),
        "post": Step("公示", _from(HoursState.CONFIRMED), HoursState.POSTED),
        "count": Step("计入", _from(HoursState.POSTED), HoursState.COUNTED),
        "revoke": Step(
            "撤销",
            _from(HoursState.COUNTED),
            HoursState.REVOKED,
            asks=("void_reason",),
            needs=("void_reason",),
            who=APPROVE,
        ),
    }
)
HELP = Workflow(
    {
        # Again too: another day, or another activity after the first was cancelled.
        "arrange": Step("安排班次", _from(HelpState.OPEN, HelpState.ARRANGED), HelpState.ARRANGED),
        "done": Step("登记已服务", _from(HelpState.ARRANGED), HelpState.DONE),
        "decline": Step(
            "不能安排",
            _from(HelpState.OPEN, HelpState.ARRANGED),
            HelpState.DECLINED,
            asks=("declined_for",),
            needs=("declined_for",),
        ),
    }
)
CORRECTION = Workflow(
    {
        "accept": Step(
            "更正",
            _from(CorrectionState.OPEN),
            CorrectionState.ACCEPTED,
            asks=("answer",),
            needs=("answer",),
        ),
        "refuse": Step(
            "不更正",
            _from(CorrectionState.OPEN),
            CorrectionState.REFUSED,
            asks=("answer",),
            needs=("answer",),
        ),
    }
)
CERTIFICATE = Workflow(
    {
        "issue": Step(
            "出具",
            _from(C.REQUESTED),
            C.ISSUED,
            asks=("manager", "clerk", "phone", "note"),
            needs=("manager", "clerk", "phone"),
        ),
        "decline": Step(
            "不出具",
            _from(C.REQUESTED),
            C.DECLINED,
            asks=("revoked_for",),
            needs=("revoked_for",),
        ),
        "revoke": Step(
            "撤销",
            _from(C.ISSUED),
            C.REVOKED,
            asks=("revoked_for",),
            needs=("revoked_for",),
            who=APPROVE,
        ),
    }
)

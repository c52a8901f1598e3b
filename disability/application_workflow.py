"""How an application for a certificate goes on, as data; nothing here touches the database.

新办 and 类别等级变更 are assessed and put on public notice; 换领 may be assessed; 挂失补办 is not. These four
end with a card that is handed out, 迁移 and 注销 with the approval carried out. ``SHARED`` says how the
one-stop agency's row of the same application stands (ADR 20).
"""

from disability.enums.applications import Business, Stage, StepKind
from portal.workflow import Step, Workflow
from residents.enums import ApplicationState

S, K = Stage, StepKind
OVER = frozenset({S.DONE, S.NOT_ASSESSED, S.DISAPPROVED, S.WITHDRAWN})
OPEN = frozenset(Stage) - OVER
ASSESSED = frozenset({Business.NEW, Business.CHANGE})  # must be assessed and put on notice
MAY_ASSESS = ASSESSED | {Business.RENEW}
CARD = ASSESSED | {Business.RENEW, Business.REISSUE}  # end with a card
OF_CERTIFICATE = frozenset(Business) - {Business.NEW}  # are about one that there is
ASSESSMENT = ("provider", "doctor", "second_doctor", "conclusion")
BEFORE_APPROVAL = frozenset({S.APPLIED, S.RETURNED, S.ACCEPTED, S.ASSESSED, S.PUBLISHED})

SHARED = {
    S.APPLIED: ApplicationState.PENDING,
    S.RETURNED: ApplicationState.PENDING,
    S.ACCEPTED: ApplicationState.ACCEPTED,
    S.ASSESSED: ApplicationState.REVIEWING,
    S.PUBLISHED: ApplicationState.REVIEWING,
    S.APPROVED: ApplicationState.APPROVED,
    S.MADE: ApplicationState.APPROVED,
    S.DONE: ApplicationState.APPROVED,
    S.NOT_ASSESSED: ApplicationState.REFUSED,
    S.DISAPPROVED: ApplicationState.REFUSED,
    S.WITHDRAWN: ApplicationState.WITHDRAWN,
}


def _workflow(business: Business) -> Workflow:
    before_approval = {S.PUBLISHED} if business in ASSESSED else {S.ACCEPTED, S.PUBLISHED}
    if business in MAY_ASSESS - ASSESSED:
        before_approval |= {S.ASSESSED}
    steps = {
        K.ACCEPT: Step("受理", frozenset({S.APPLIED, S.RETURNED}), S.ACCEPTED),
        K.RETURN: Step("退回补正", frozenset({S.APPLIED, S.ACCEPTED}), S.RETURNED, needs=("note",)),
    }
    if business in MAY_ASSESS:
        steps |= {
            K.ASSESS: Step("评定", frozenset({S.ACCEPTED}), S.ASSESSED, ASSESSMENT, ASSESSMENT),
            K.REFUSE: Step("拒绝评定", frozenset({S.ACCEPTED}), S.NOT_ASSESSED, needs=("note",)),
            K.PUBLISH: Step("公示", frozenset({S.ASSESSED}), S.PUBLISHED),
        }
    steps |= {
        K.APPROVE: Step("审批", frozenset(before_approval), S.APPROVED),
        K.DISAPPROVE: Step(
            "不予批准",
            frozenset({S.ACCEPTED, S.ASSESSED, S.PUBLISHED}),
            S.DISAPPROVED,
            needs=("note",),
        ),
    }
    if business in CARD:
        steps |= {
            K.MAKE: Step("制证", frozenset({S.APPROVED}), S.MADE),
            K.ISSUE: Step("发放", frozenset({S.MADE}), S.DONE),
        }
    else:
        steps[K.FINISH] = Step("办结", frozenset({S.APPROVED}), S.DONE)
    steps[K.WITHDRAW] = Step("撤回", BEFORE_APPROVAL, S.WITHDRAWN)
    return Workflow(steps, "stage")


WORKFLOWS = {business: _workflow(business) for business in Business}
EVERY_STEP = tuple(kind for kind in StepKind if kind is not K.APPLY)


def ways_to(step: str) -> dict[str, frozenset[str]]:
    """The kinds of business that have the step, and the stages from which each takes it."""
    return {
        business.value: workflow.steps[step].sources
        for business, workflow in WORKFLOWS.items()
        if step in workflow.steps
    }

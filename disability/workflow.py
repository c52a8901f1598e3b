"""How payment runs and their lines go on, as data; nothing here touches the database."""

from disability.enums.subsidies import PaymentState as P
from disability.enums.subsidies import RunState as R
from portal.workflow import Step, Workflow

CONFIRMER = "confirmer"

RUN = Workflow(
    {
        "confirm": Step(
            "确认",
            frozenset({R.DRAFT}),
            R.CONFIRMED,
            ("confirmed_on",),
            ("confirmed_on",),
            who=CONFIRMER,
        ),
        "reopen": Step(
            "退回修改",
            frozenset({R.CONFIRMED}),
            R.DRAFT,
            ("note",),
            ("note",),
            ("confirmed_on", "confirmed_by"),
            who=CONFIRMER,
        ),
        "pay": Step("登记发放", frozenset({R.CONFIRMED}), R.PAID, ("paid_on",), ("paid_on",)),
        "discard": Step("作废草稿", frozenset({R.DRAFT})),
    }
)

PAYMENT = Workflow(
    {
        "fail": Step(
            "银行退回",
            frozenset({P.PAID}),
            P.RETURNED,
            ("returned_on", "return_reason"),
            ("returned_on", "return_reason"),
            ("paid_on",),
        ),
        "repay": Step("重新发放", frozenset({P.RETURNED}), P.PAID, ("paid_on",), ("paid_on",)),
    }
)

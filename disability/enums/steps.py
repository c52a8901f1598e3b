"""How needs, plans and agreements go on, as data; nothing here touches the database."""

from disability.enums.needs import NeedState as N
from disability.enums.plans import PlanState as P
from disability.enums.services import AgreementState as A
from portal.workflow import Step, Workflow

UNMET = frozenset({N.OPEN, N.ARRANGED})
OVER = frozenset({P.FINISHED, P.STOPPED})

NEED = Workflow(
    {
        "arrange": Step("安排", frozenset({N.OPEN}), N.ARRANGED, ("arranged",), ("arranged",)),
        "meet": Step("已满足", UNMET, N.MET, ("met_on", "arranged"), ("met_on",)),
        "drop": Step("不再需要", UNMET, N.DROPPED, ("arranged",), ("arranged",)),
        "reopen": Step(
            "重新跟进", frozenset({N.MET, N.DROPPED}), N.OPEN, clears=("met_on", "arranged")
        ),
    }
)

PLAN = Workflow(
    {
        "finish": Step(
            "完成", frozenset({P.ACTIVE}), P.FINISHED, ("ends_on", "result"), ("ends_on", "result")
        ),
        "stop": Step(
            "中止", frozenset({P.ACTIVE}), P.STOPPED, ("ends_on", "result"), ("ends_on", "result")
        ),
        "resume": Step("恢复执行", OVER, P.ACTIVE, clears=("ends_on", "result")),
    }
)

AGREEMENT = Workflow(
    {
        "end": Step(
            "提前终止",
            frozenset({A.IN_FORCE}),
            A.ENDED,
            ("ends_on", "end_reason"),
            ("ends_on", "end_reason"),
        ),
        "resume": Step(
            "恢复履行", frozenset({A.ENDED}), A.IN_FORCE, ("ends_on",), clears=("end_reason",)
        ),
    }
)

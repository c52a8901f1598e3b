"""How mediations and questions of the echo wall go on, as data; nothing here touches the database."""

from portal.workflow import Step, Workflow
from servicecenter.enums.reception import EchoState as E
from servicecenter.enums.reception import MediationResult as M

RUNNING, OVER = frozenset({M.RUNNING}), frozenset({M.SUCCEEDED, M.FAILED, M.JUDICIAL})

MEDIATION = Workflow(
    {
        "succeed": Step(
            "调解成功", RUNNING, M.SUCCEEDED, ("ended_on", "agreement", "signed_on"), ("ended_on",)
        ),
        "fail": Step("调解未成功", RUNNING, M.FAILED, ("ended_on",), ("ended_on",)),
        "hand_over": Step("转司法途径", RUNNING, M.JUDICIAL, ("ended_on",), ("ended_on",)),
        "follow": Step(
            "回访",
            frozenset({M.SUCCEEDED}),
            asks=("followed_up_on", "kept", "follow_up"),
            needs=("followed_up_on", "follow_up"),
        ),
        "reopen": Step(
            "重新调解",
            OVER,
            M.RUNNING,
            clears=("ended_on", "agreement", "signed_on", "kept", "followed_up_on", "follow_up"),
        ),
    },
    field="result",
)

ECHO = Workflow(
    {
        "pass": Step(
            "审核通过",
            frozenset({E.WAITING, E.HELD}),
            E.PASSED,
            ("wording", "moderated_by"),
            ("moderated_by",),
            clears=("held_for",),
        ),
        "publish": Step(
            "公开",
            frozenset({E.PASSED}),
            asks=("published_on", "wording"),
            needs=("published_on",),
        ),
        "hold": Step(
            "不公开",
            frozenset({E.WAITING, E.PASSED}),
            E.HELD,
            ("held_for", "moderated_by"),
            ("held_for", "moderated_by"),
            clears=("published_on",),
        ),
    }
)

"""How a case goes from state to state, as data; nothing here touches the database (domain §2.2).

``who`` is the permission that the step asks for. Where two states lead back to where the case came
from (接办前退回, 恢复), the step has no target: the service knows it from the case.
"""

from portal.workflow import Step, Workflow
from servicecenter.enums.cases import CaseState as S

CLERK, HANDLER, STREET, SUPERVISOR = (
    "cases.accept",
    "cases.handle",
    "cases.approve",
    "cases.supervise",
)

UNACCEPTED = frozenset({S.REGISTERED, S.SUPPLEMENT, S.REFUSED, S.CANCELLED})
RUNNING = frozenset({S.ACCEPTED, S.ASSIGNED, S.HANDLING, S.SENT_UP, S.AT_STREET, S.PAUSED})
FINISHED = frozenset({S.DECIDED, S.REPLIED, S.ARCHIVED})
OVER = FINISHED | {S.REFUSED, S.CANCELLED}  # nothing is handled any more
WAITING = frozenset({S.REGISTERED, S.SUPPLEMENT})
MAY_PAUSE = frozenset({S.ACCEPTED, S.ASSIGNED, S.HANDLING, S.SENT_UP, S.AT_STREET})

CASE = Workflow(
    {
        "accept": Step(
            "受理",
            WAITING,
            S.ACCEPTED,
            ("accepted_on", "agent", "rights_told"),
            ("accepted_on",),
            who=CLERK,
        ),
        "at_once": Step(
            "当场办结",
            frozenset({S.REGISTERED}),
            S.REPLIED,
            ("accepted_on", "agent", "outcome", "decision", "rights_told"),
            ("accepted_on", "outcome"),
            who=CLERK,
        ),
        "supplement": Step(
            "一次性告知补正",
            frozenset({S.REGISTERED}),
            S.SUPPLEMENT,
            ("told_on", "missing", "supply_by"),
            ("told_on", "missing", "supply_by"),
            who=CLERK,
        ),
        "refuse": Step(
            "不予受理",
            WAITING,
            S.REFUSED,
            ("turned_away_on", "turned_away_for"),
            ("turned_away_on", "turned_away_for"),
            who=CLERK,
        ),
        "cancel": Step(
            "撤销登记",
            WAITING,
            S.CANCELLED,
            ("turned_away_on", "turned_away_for"),
            ("turned_away_on", "turned_away_for"),
            who=CLERK,
        ),
        "assign": Step(
            "派办",
            frozenset({S.ACCEPTED}),
            S.ASSIGNED,
            ("station", "handler"),
            ("station",),
            who=CLERK,
        ),
        "take": Step("接办", frozenset({S.ASSIGNED}), S.HANDLING, ("handler",), who=HANDLER),
        "return": Step("退回派办", frozenset({S.ASSIGNED}), who=HANDLER),
        "transfer": Step(
            "转办",
            frozenset({S.HANDLING}),
            S.ASSIGNED,
            ("station", "handler"),
            ("station",),
            who=HANDLER,
        ),
        "send_up": Step(
            "上报街道",
            frozenset({S.HANDLING}),
            S.SENT_UP,
            ("sent_up_on",),
            ("sent_up_on",),
            who=HANDLER,
        ),
        "receive": Step(
            "街道收件",
            frozenset({S.SENT_UP}),
            S.AT_STREET,
            ("street_received_on",),
            ("street_received_on",),
            who=STREET,
        ),
        "send_back": Step(
            "街道退回",
            frozenset({S.SENT_UP, S.AT_STREET}),
            S.HANDLING,
            clears=("sent_up_on", "street_received_on"),
            who=STREET,
        ),
        "approve": Step(
            "街道办结",
            frozenset({S.AT_STREET}),
            S.DECIDED,
            ("decided_on", "outcome", "decision"),
            ("decided_on", "outcome"),
            who=STREET,
        ),
        "decide": Step(
            "办结",
            frozenset({S.HANDLING}),
            S.DECIDED,
            ("decided_on", "outcome", "decision"),
            ("decided_on", "outcome"),
            who=HANDLER,
        ),
        "withdraw": Step(
            "申请人撤回",
            RUNNING,
            S.DECIDED,
            ("decided_on", "decision"),
            ("decided_on", "decision"),
            who=CLERK,
        ),
        "pause": Step("挂起", MAY_PAUSE, S.PAUSED, who=HANDLER),
        "resume": Step("恢复办理", frozenset({S.PAUSED}), who=HANDLER),
        "extend": Step(
            "批准延期",
            MAY_PAUSE,
            asks=("extended_days", "extended_for"),
            needs=("extended_days", "extended_for"),
            who=SUPERVISOR,
        ),
        "reply": Step(
            "回复申请人",
            frozenset({S.DECIDED}),
            S.REPLIED,
            ("replied_on", "reply_mode", "reply", "agent"),
            ("replied_on", "reply_mode", "reply"),
            who=CLERK,
        ),
        "archive": Step(
            "归档",
            frozenset({S.REPLIED}),
            S.ARCHIVED,
            ("archived_on",),
            ("archived_on",),
            who=CLERK,
        ),
        "reopen": Step(
            "重新办理",
            frozenset({S.REPLIED, S.ARCHIVED}),
            S.HANDLING,
            clears=(
                *("decided_on", "outcome", "decision", "replied_on", "reply_mode", "reply"),
                *("archived_on", "sent_up_on", "street_received_on"),
                *("extended_days", "extended_for", "extended_on"),
            ),
            who=CLERK,
        ),
    }
)
NOTE_NEEDED = frozenset({"return", "transfer", "send_back", "reopen"})  # an opinion must be given
PAUSING = ("reason", "evidence")  # what 挂起 asks beyond the case's own fields
DAY_FIELDS = {
    "accept": "accepted_on",
    "at_once": "accepted_on",
    "supplement": "told_on",
    "refuse": "turned_away_on",
    "cancel": "turned_away_on",
    "send_up": "sent_up_on",
    "receive": "street_received_on",
    "approve": "decided_on",
    "decide": "decided_on",
    "withdraw": "decided_on",
    "reply": "replied_on",
    "archive": "archived_on",
}
ON = "on"  # what the other steps call their day


def who_of(name: str, state: str, paused_from: str = "") -> str:
    """The permission that the step asks for in that state: the street stops and starts the clock of what
    lies with the street."""
    with_street = S.AT_STREET in (state, paused_from)
    if name in ("pause", "resume") and with_street:
        return STREET
    return CASE.steps[name].who


def day_field(name: str) -> str:
    """What the values of a step call the day on which it was taken."""
    return DAY_FIELDS.get(name, ON)

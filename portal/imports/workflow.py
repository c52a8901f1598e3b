"""The life of an import batch as data: which step leads from where to where, and who takes it."""

from portal.models.imports import ImportState as S

UPLOADER, APPROVER, PROGRAM = "uploader", "approver", "program"

# step: (from, to, who, its name on the screen)
STEPS = {
    "map": ({S.UPLOADED, S.CHECKED, S.REFUSED, S.FAILED}, S.MAPPING, UPLOADER, "核对列名"),
    "check": (
        {S.UPLOADED, S.MAPPING, S.CHECKED, S.REFUSED, S.FAILED},
        S.CHECKING,
        UPLOADER,
        "开始检查",
    ),
    "report": ({S.CHECKING}, S.CHECKED, PROGRAM, "检查完毕"),
    "submit": ({S.CHECKED}, S.AWAITING, UPLOADER, "提交复核"),
    "withdraw": ({S.AWAITING}, S.CHECKED, UPLOADER, "撤回"),
    "return": ({S.AWAITING}, S.CHECKED, APPROVER, "退回"),
    "approve": ({S.AWAITING}, S.STORING, APPROVER, "复核通过"),
    "store": ({S.CHECKED}, S.STORING, UPLOADER, "确认导入"),
    "stored": ({S.STORING}, S.STORED, PROGRAM, "导入完毕"),
    "refuse": ({S.STORING}, S.REFUSED, PROGRAM, "未导入"),
    "fail": ({S.CHECKING, S.STORING}, S.FAILED, PROGRAM, "出错中断"),
    "undo": ({S.STORED}, S.UNDOING, UPLOADER, "撤销导入"),
    "undone": ({S.UNDOING}, S.UNDONE, PROGRAM, "撤销完毕"),
    "keep": ({S.UNDOING}, S.STORED, PROGRAM, "未能撤销"),
}
RUNNING = frozenset({S.CHECKING, S.STORING, S.UNDOING})  # the worker's, or the request's, turn
UNFINISHED = frozenset({S.UPLOADED, S.MAPPING, S.CHECKED, S.REFUSED, S.FAILED})


def target_of(step: str) -> S:
    return STEPS[step][1]


def name_of(step: str) -> str:
    return STEPS[step][3]


def steps_from(state: str, who: str) -> list[str]:
    """What ``who`` may do with a batch in this state."""
    return [
        step for step, (sources, _, actor, _) in STEPS.items() if state in sources and actor == who
    ]

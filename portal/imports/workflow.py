"""The life of an import batch as data: which step leads from where to where, and who takes it."""

from portal.models.imports import ImportState as S
from portal.workflow import Step, Workflow

AT_ONCE = 200  # rows that a request checks or stores itself (ADR 15)
UPLOADER, APPROVER, PROGRAM = "uploader", "approver", "program"

CHECKABLE = frozenset({S.UPLOADED, S.CHECKED, S.REFUSED, S.FAILED})


def _step(label: str, sources, target: S, who: str) -> Step:
    return Step(label, frozenset(sources), target, who=who)


BATCH = Workflow(
    {
        "map": _step("核对列名", CHECKABLE, S.MAPPING, UPLOADER),
        "check": _step("开始检查", CHECKABLE | {S.MAPPING}, S.CHECKING, UPLOADER),
        "report": _step("检查完毕", {S.CHECKING}, S.CHECKED, PROGRAM),
        "submit": _step("提交复核", {S.CHECKED}, S.AWAITING, UPLOADER),
        "withdraw": _step("撤回", {S.AWAITING}, S.CHECKED, UPLOADER),
        "return": _step("退回", {S.AWAITING}, S.CHECKED, APPROVER),
        "approve": _step("复核通过", {S.AWAITING}, S.STORING, APPROVER),
        "store": _step("确认导入", {S.CHECKED}, S.STORING, UPLOADER),
        "stored": _step("导入完毕", {S.STORING}, S.STORED, PROGRAM),
        "refuse": _step("未导入", {S.STORING}, S.REFUSED, PROGRAM),
        "fail": _step("出错中断", {S.CHECKING, S.STORING}, S.FAILED, PROGRAM),
        "undo": _step("撤销导入", {S.STORED}, S.UNDOING, UPLOADER),
        "undone": _step("撤销完毕", {S.UNDOING}, S.UNDONE, PROGRAM),
        "keep": _step("未能撤销", {S.UNDOING}, S.STORED, PROGRAM),
    }
)
RUNNING = frozenset({S.CHECKING, S.STORING, S.UNDOING})  # the worker's, or the request's, turn
UNFINISHED = CHECKABLE | {S.MAPPING}

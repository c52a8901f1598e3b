"""销毁清册 on paper: kinds, counts, ranges and grounds, and what became of them; no record."""

from django.utils import timezone

from portal.exports.paper import Paper, chinese, rows_of
from portal.exports.register import printed
from portal.ledgers.columns import Column
from portal.models import DisposalRun
from portal.retention.parts import words

NUMBERS = slice(1, 4)

COLUMNS = [
    Column("类别", lambda kind: kind["title"], width=26),
    Column("条数", lambda kind: kind["count"], numeric=True, width=7),
    Column("已销毁", lambda kind: kind["after"] and kind["after"]["gone"], numeric=True, width=8),
    Column("留下", lambda kind: kind["after"] and _left(kind["after"]), numeric=True, width=7),
    Column("连同", lambda kind: kind["along"], width=30),
    Column("起止日期", lambda kind: f"{kind['first']} 至 {kind['last']}", width=24),
    Column("保存期限", lambda kind: kind["kept"], width=12),
    Column("依据", lambda kind: kind["ground"], width=40),
]
LEFT = "留下：仍被其他记录引用，或者提出以后有变动"


def _along(kind: dict, after: dict | None) -> list:
    """What belongs to the records: as it was destroyed, before that as it was proposed."""
    return (after or kind).get("parts", [])


def _left(after: dict) -> int:
    return after["referred"] + after["changed"]


def kinds_of(run: DisposalRun) -> list[dict]:
    """Each kind as it was proposed, with what became of it under ``after`` (None before)."""
    after = {each["code"]: each for each in run.outcome}
    return [
        {
            **kind,
            "count": kind.get("count", len(kind["rows"])),
            "after": after.get(kind["code"]),
            "along": words(_along(kind, after.get(kind["code"]))),
        }
        for kind in run.frozen
    ]


def _total(rows: list[list]) -> list:
    """No sum before the disposal: its numbers are not known yet."""
    if not rows:
        return []
    sums = [
        sum(column) if all(isinstance(n, int) for n in column) else ""
        for column in list(zip(*rows, strict=True))[NUMBERS]
    ]
    return ["合计", *sums, "", "", "", ""]


def disposal_paper(run: DisposalRun, by) -> bytes:
    """The PDF, with places for those who sign it."""
    paper = Paper(
        "销毁清册",
        COLUMNS,
        titles=(f"{run.unit}销毁清册", f"（{run.get_state_display()}）"),
        remarks=(
            f"说明：{run.reason}",
            f"提出人：{run.proposed_by}",
            f"审批人：{run.decided_by or ''}",
            *([LEFT] if run.outcome else []),
        ),
        total=_total,
        counted="类",
        signature=("提出人：", "审批人：", "监销人：", "日期："),
        footer=f"{by.name} {chinese(timezone.localdate())}打印",
    )
    return printed(paper, list(rows_of(COLUMNS, kinds_of(run))))

"""The lead-in of outline G, and what became of the same numbers since the year before."""

from portal.openings import opening
from portal.summaries import Narrative, Telling, register
from portal.telling import changes
from sanitation.summaries.outlines import SANITATION


def codes(**words: str) -> dict[str, str]:
    return {f"sanitation.{code}": word for code, word in words.items()}


TOTALS = codes(
    inspections="开展环境卫生检查",
    enforcement_actions="集镇整治",
    cleanups="集中清理",
    orders="下达整改单",
    hauled="清运垃圾",
    cleaners="期末在岗保洁员",
)
COMPARED = codes(
    inspections="环境卫生检查",
    inspection_rate="检查平均得分率",
    orders_closing_rate="整改销号率",
    hauled="垃圾清运量",
    buyback_kg="可回收物回购",
    paste_rate="画报粘贴率",
    fee_rate="垃圾费收费率",
    cleaners="在岗保洁员",
)


def lead(telling: Telling):
    return opening(telling, "环境卫生治理工作", TOTALS, "sanitation.tasks_planned")


def before(telling: Telling):
    return changes(telling, COMPARED)


register(
    Narrative(SANITATION, "lead", 10, lead),
    Narrative(SANITATION, "lead", 20, before),
)

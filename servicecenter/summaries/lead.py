"""The lead-in of outline C, and what became of the same numbers since the year before."""

from portal.openings import opening
from portal.summaries import Narrative, Telling, register
from portal.telling import changes
from servicecenter.summaries.outlines import AGENCY


def codes(**words: str) -> dict[str, str]:
    return {f"servicecenter.{code}": word for code, word in words.items()}


TOTALS = codes(
    accepted="受理申请",
    accepted_decided="已办结",
    completion="办结率",
    reception_people="接待来访咨询",
    satisfaction="满意率",
)
COMPARED = codes(
    accepted="受理办件",
    completion="办结率",
    on_time_rate="按时办结率",
    average_days="平均办理时间",
    satisfaction="满意率",
    reception_people="接待来访咨询",
    mediations="调解纠纷",
)


def lead(telling: Telling):
    return opening(telling, "为民服务全程代办工作", TOTALS)


def before(telling: Telling):
    return changes(telling, COMPARED)


register(
    Narrative(AGENCY, "lead", 10, lead),
    Narrative(AGENCY, "lead", 20, before),
)

"""The lead-ins of outlines D and E, and what became of the same numbers since the year before."""

from portal.openings import opening
from portal.summaries import Narrative, Telling, register
from portal.telling import changes
from volunteers.summaries.outlines import PLACEMENTS, VOLUNTEERS


def codes(**words: str) -> dict[str, str]:
    return {f"volunteers.{code}": word for code, word in words.items()}


TOTALS = codes(
    registered="期末在册志愿者",
    activities="举办志愿活动",
    attendance="志愿者参与服务",
    hours="计入服务时长",
    served_households="帮扶服务",
)
COMPARED = codes(
    registered="在册志愿者",
    active_rate="志愿者活跃率",
    activities="志愿活动",
    attendance="志愿者参与",
    hours="服务时长",
    served_households="帮扶服务",
)
PLACED = codes(
    trainees="接收实践实习人员",
    trainee_days="累计实践",
    lectures="举办讲座",
    publicity_activities="开展宣传活动",
)
PLACED_COMPARED = codes(
    trainees="实践实习人员",
    trainee_hours="实践实习时长",
    lectures="讲座",
)


def lead(telling: Telling):
    return opening(telling, "志愿服务工作", TOTALS)


def before(telling: Telling):
    return changes(telling, COMPARED)


def lead_of_placements(telling: Telling):
    return opening(telling, "社会实践和实习管理工作", PLACED)


def placements_before(telling: Telling):
    return changes(telling, PLACED_COMPARED)


register(
    Narrative(VOLUNTEERS, "lead", 10, lead),
    Narrative(VOLUNTEERS, "lead", 20, before),
    Narrative(PLACEMENTS, "lead", 10, lead_of_placements),
    Narrative(PLACEMENTS, "lead", 20, placements_before),
)

"""What a street's roll-up (outline H) tells of volunteer work, by community."""

from portal.office.summaries import OVERALL, overall
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import by_place, changes
from volunteers.summaries.telling import codes, counted

PART = "volunteers"


def compared_with_before(telling: Telling):
    words = ("在册志愿者", "参与服务", "服务时长", "志愿者活跃率")
    told = codes("registered", "attendance", "hours", "active_rate")
    return changes(telling, dict(zip(told, words, strict=True)))


def waiting(telling: Telling):
    """What people asked for and nobody did yet."""
    if counted(telling, "help_open"):
        yield (
            "期内提出、期末还没有服务的志愿服务需求{volunteers.help_open}："
            f"{by_place(telling, 'volunteers.help_open')}。"
        )


register(
    overall(
        "lead",
        50,
        "在册志愿者{volunteers.registered}，期内服务时长{volunteers.hours}。",
        *codes("registered"),
    ),
    overall(
        PART,
        10,
        "志愿者参与服务{volunteers.attendance}，活跃率{volunteers.active_rate}，人均服务时长"
        "{volunteers.hours_per_volunteer}；开展志愿活动{volunteers.activities}。",
        *codes("attendance", "activities"),
    ),
    overall(
        PART,
        20,
        "服务对象{volunteers.served_people}，涉及{volunteers.served_homes}；志愿服务需求满足率"
        "{volunteers.help_rate}。",
        *codes("served_people", "help_requests"),
    ),
    Narrative(OVERALL, PART, 40, compared_with_before),
    FigureTable(
        OVERALL,
        PART,
        50,
        "各社区志愿服务",
        codes("registered", "active", "active_rate", "hours", "hours_per_volunteer"),
        by="unit",
        rank="volunteers.active_rate",
        compare=True,
    ),
    Narrative(OVERALL, "alerts", 40, waiting),
    overall(
        "gaps",
        40,
        "有{volunteers.corrections_waiting}时长更正申请没有处理。",
        *codes("corrections_waiting"),
    ),
    overall("next", 40, "抓紧安排还没有服务的志愿服务需求。", *codes("help_open")),
)

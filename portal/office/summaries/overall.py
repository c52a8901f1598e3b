"""The outline H (domain §7.11): a street's year over all departments, rolled up by community.

Every department tells its own: a sentence of the lead-in (order by department, ``PLACE``), its part with a
table by community, its alerts, gaps and next steps.
"""

from portal.office.summaries.plans import planned_next
from portal.summaries import FigureTable, Narrative, Outline, Part, Sentence, register
from portal.telling import changes

OVERALL = "H"
DEPARTMENTS = ("residents", "disability", "servicecenter", "volunteers", "sanitation")


def overall(part: str, order: int, text: str, *when: str) -> Sentence:
    """A sentence of the roll-up, told when one of these figures is not zero."""
    return Sentence(OVERALL, part, order, text, when)


def compared_with_before(telling):
    return changes(
        telling,
        {
            "office.documents_issued": "印发文件",
            "office.events_held": "年度安排已开展",
            "office.honors": "荣誉",
        },
    )


register(
    Outline(
        OVERALL,
        "综合工作总结",
        "office",
        (
            Part("lead", ""),
            Part("residents", "居民与户"),
            Part("disability", "残疾人工作"),
            Part("servicecenter", "为民服务"),
            Part("volunteers", "志愿服务"),
            Part("sanitation", "环境卫生"),
            Part("office", "综合事务"),
            Part("alerts", "预警事项"),
            Part("gaps", "存在问题"),
            Part("next", "下一步工作"),
        ),
        also=DEPARTMENTS,
        rolls_up=True,
    ),
    overall("lead", 10, "期末所辖社区{office.communities}。", "office.communities"),
    overall(
        "office",
        10,
        "印发文件{office.documents_issued}，收文{office.documents_received}，收文办结率"
        "{office.documents_done_rate}。",
        "office.documents_issued",
        "office.documents_received",
    ),
    overall(
        "office",
        20,
        "年度安排的活动和例会应开展{office.events_planned}，落实率{office.events_held_rate}；计划任务"
        "{office.tasks}，完成率{office.tasks_done_rate}。",
        "office.events_planned",
        "office.tasks",
    ),
    overall("office", 30, "取得荣誉{office.honors}。", "office.honors"),
    Narrative(OVERALL, "office", 40, compared_with_before),
    FigureTable(
        OVERALL,
        "office",
        50,
        "各社区综合事务",
        ("office.events_held_rate", "office.tasks", "office.tasks_done_rate", "office.issues"),
        by="unit",
        rank="office.tasks_done_rate",
        compare=True,
    ),
    Narrative(OVERALL, "next", 10, planned_next),
)

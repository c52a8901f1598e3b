"""What is missing and what comes next (outlines A, B, F): from figures that tell of gaps, and from the
open tasks of the plans of disability work."""

from disability.summaries.outlines import CENTRE, COMMUNITY, STREET
from disability.summaries.telling import counted, told
from portal.office.summaries import planned_next
from portal.summaries import Narrative, Telling, Unmeasured, register

ALL = COMMUNITY + STREET + CENTRE
BOTH = COMMUNITY + STREET


def plans(telling: Telling):
    return planned_next(telling, "disability")


def without_hires(telling: Telling):
    """Posts were told of, and nobody took one."""
    if counted(telling, "job_pushes") and not counted(telling, "job_hired"):
        yield "推送的岗位尚无残疾人入职，需加强回访和岗位对接。"


def not_asked(telling: Telling):
    """Three groups are to be asked for their satisfaction."""
    groups = {"disabled": "残疾人", "families": "残疾人家属", "residents": "居民"}
    missing = [word for key, word in groups.items() if not counted(telling, f"surveyed_{key}")]
    if missing:
        yield f"尚未开展对{'、'.join(missing)}的满意度调查。"


register(
    *told(
        ALL,
        "gaps",
        600,
        "计划任务中有{disability.tasks_open}到期没有完成。",
        "tasks_open",
    ),
    *told(
        STREET + CENTRE,
        "gaps",
        610,
        "在岗社区康复协调员中有{disability.coordinators_untrained}没有参加培训。",
        "coordinators_untrained",
    ),
    *told(ALL, "gaps", 620, "康复人员资格证书到期{disability.workers_lapsed}。", "workers_lapsed"),
    Narrative(COMMUNITY, "gaps", 630, without_hires),
    *told(
        BOTH,
        "gaps",
        640,
        "有{disability.donations_uncounted}捐赠记录没有登记数量，需补齐。",
        "donations_uncounted",
    ),
    Narrative(STREET, "gaps", 650, not_asked),
    *told(
        BOTH,
        "gaps",
        660,
        "有{disability.stories_unconsented}典型案例没有取得同意，暂不公开。",
        "stories_unconsented",
    ),
    *(
        Unmeasured(outline, f"disability.{code}")
        for outline in BOTH
        for code in ("assistance_without_amount", "donations_uncounted")
    ),
    *(Narrative(outline, "next", 5, plans) for outline in ALL),
    *told(
        STREET,
        "next",
        20,
        "继续完善管理、服务、指导三张网络，扩大康复服务覆盖面，加强康复人员培训，做好典型宣传和满意度调查。",
    ),
    *told(
        CENTRE,
        "next",
        20,
        "继续做好康复对象建档和评估，按方案落实训练、护理和辅助器具指导，定期复评效果。",
    ),
)

"""What outline C tells of 民情走访, and of the agency's share of learning, publicity, technology and jobs."""

from portal.summaries import Narrative, register
from residents.enums import ActivityKind
from residents.marked import activities_of
from servicecenter.summaries.outlines import AGENCY, told
from servicecenter.summaries.telling import clauses

TOLD = [
    ActivityKind.MEETING,
    ActivityKind.TRAINING,
    ActivityKind.TECHNIQUE,
    ActivityKind.PUBLICITY,
]
OTHERS = [kind for kind in ActivityKind if kind not in TOLD]


register(
    told(
        "wider",
        30,
        "开展民情走访{servicecenter.folk_visits}，走到{servicecenter.folk_households}。",
        "folk_visits",
    ),
    told(
        "wider",
        31,
        "按“四知四清四掌握”清单逐项了解，走访清单完成率{servicecenter.checklist_rate}。",
        "checklist_asked",
    ),
    told(
        "wider",
        32,
        "走访发现需求{servicecenter.folk_needs}，已转为办件{servicecenter.folk_needs_in_cases}。",
        "folk_needs",
    ),
    told(
        "wider",
        60,
        "开展政策宣传{servicecenter.policy_events}，{servicecenter.policy_reach}参加。",
        "policy_events",
    ),
    clauses(
        "wider",
        62,
        ("发布劳动用工信息{servicecenter.job_infos}", "job_infos"),
        ("招聘{servicecenter.job_wanted}", "job_wanted"),
        ("推送{servicecenter.job_pushes}", "job_pushes"),
        ("推送后入职{servicecenter.job_hired}", "job_hired"),
    ),
    told(
        "wider",
        64,
        "举办实用技术培训{servicecenter.technique_sessions}，"
        "{servicecenter.technique_attendance}参加。",
        "technique_sessions",
    ),
    told(
        "places",
        70,
        "组织工作人员学习{servicecenter.study_sessions}，{servicecenter.study_attendance}参加。",
        "study_sessions",
    ),
    told(
        "places",
        71,
        "开展业务培训{servicecenter.staff_trainings}，"
        "{servicecenter.staff_training_attendance}参加。",
        "staff_trainings",
    ),
    Narrative(AGENCY, "wider", 66, activities_of("servicecenter", TOLD)),
    Narrative(AGENCY, "wider", 67, activities_of("servicecenter", OTHERS)),
)

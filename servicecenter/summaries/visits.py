"""What outline C tells of 民情走访, and of the agency's share of learning, publicity, technology and jobs."""

from portal.summaries import Narrative, Telling, register
from portal.telling import bodies, clause, listed, month_day, quoted, within
from residents.enums import ActivityKind
from residents.models import Activity
from servicecenter.summaries.outlines import AGENCY, told

TOLD = [
    ActivityKind.MEETING,
    ActivityKind.TRAINING,
    ActivityKind.TECHNIQUE,
    ActivityKind.PUBLICITY,
]


def activities(telling: Telling):
    """Those marked for it, by title and organisers: bodies, no persons."""
    rows = Activity.objects.filter(
        highlight=True, domains__contains=["servicecenter"], kind__in=TOLD
    )
    for event in within(rows, telling):
        by = bodies([event.organisers])
        joined = f"与{listed(by)}共同" if by else ""
        people = f"，参加{event.participants}人次" if event.participants else ""
        yield f"{month_day(event.occurred_on)}，{joined}开展{quoted(clause(event.title))}{people}。"


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
    told(
        "wider",
        62,
        "发布劳动用工信息{servicecenter.job_infos}，招聘{servicecenter.job_wanted}，推送"
        "{servicecenter.job_pushes}。",
        "job_infos",
    ),
    told("wider", 63, "推送后入职{servicecenter.job_hired}。", "job_hired"),
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
    Narrative(AGENCY, "wider", 66, activities),
)

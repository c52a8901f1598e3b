"""What summaries tell of the network: management, places, guidance (outline B), tasks (A, B)."""

from disability.enums.network import BodyService
from disability.models import ProviderService
from disability.summaries.outlines import COMMUNITY, STREET
from disability.summaries.telling import clauses, counted, told
from portal.figures import engine
from portal.office.enums import GroupRole
from portal.office.models import (
    Campaign,
    GroupMember,
    LeadingGroup,
    PolicyDocument,
    Post,
    WorkTask,
)
from portal.summaries import Narrative, Telling, register
from portal.telling import (
    bodies,
    in_force,
    listed,
    month_day,
    once,
    plain,
    quoted,
    titled,
    within,
)
from residents.enums import ActivityKind, TrainingTopic
from residents.models import Activity

OURS = {"domains__contains": ["disability"]}


@once
def campaigns(telling: Telling):
    """What is worked for, and what was granted in the period."""
    for each in in_force(Campaign.objects.filter(**OURS), telling).order_by("starts_on", "pk"):
        if each.granted_on is None or each.granted_on > telling.period.end:
            hosts = f"，由{plain(each.grantor)}命名" if each.grantor else ""
            yield f"开展{quoted(each.name)}创建工作（{each.get_rank_display()}{hosts}）。"
    for each in within(Campaign.objects.filter(**OURS), telling, "granted_on"):
        giver = f"被{plain(each.grantor)}命名为" if each.grantor else "获命名为"
        result = f"，{plain(each.result).rstrip('。')}" if each.result else ""
        yield f"{month_day(each.granted_on)}，{giver}{quoted(each.name)}{result}。"


def documents(telling: Telling):
    """The papers that the units issued."""
    found = within(PolicyDocument.objects.filter(**OURS), telling)
    papers = [f"{titled(d.title)}{f'（{plain(d.number)}）' if d.number else ''}" for d in found]
    if papers:
        yield f"印发{listed(papers, 4)}文件{{disability.documents}}。"


def groups(telling: Telling):
    """The unit's own leading groups with the post of their head; persons are not named."""
    own = LeadingGroup.objects.filter(unit__in=telling.own, **OURS)
    for group in in_force(own, telling).order_by("starts_on", "pk"):
        heads = in_force(GroupMember.objects.filter(group=group, role=GroupRole.HEAD), telling)
        head = heads.exclude(position="").first()
        led = f"，由{plain(head.position)}任组长" if head else ""
        yield f"成立{quoted(group.name)}{led}。"


def assigned(telling: Telling):
    """To whom the tasks of the period went: bodies only."""
    rows = within(
        WorkTask.objects.filter(plan__domains__contains=["disability"]), telling, "due_on"
    )
    owners = bodies(rows.filter(cancelled_on__isnull=True).values_list("owner", flat=True))
    if owners:
        yield f"把任务分解到{listed(owners, 8)}，逐项明确责任和期限。"
    done = engine.by_category("disability.tasks_done", "owner", telling.units, telling.period)
    planned = engine.by_category("disability.tasks_planned", "owner", telling.units, telling.period)
    told_of = [
        f"{plain(owner)}完成{done[owner].value}项（计划{planned[owner].value}项）"
        for owner in owners
        if owner in planned and planned[owner].value
    ]
    if len(told_of) > 1:
        yield f"按责任单位分，{listed(told_of, 8)}。"


def posts(telling: Telling):
    """定岗、定员、定时."""
    found = in_force(Post.objects.filter(**OURS), telling).order_by("pk")
    if found:
        hours = [f"{plain(p.title)}（{plain(p.timetable)}）" for p in found if p.timetable]
        timed = f"，定时安排为：{listed(hours, 4)}" if hours else ""
        yield (
            "实行定岗、定员、定时管理，设助残岗位定员{disability.posts_planned}，在岗"
            f"{{disability.posts_held}}{timed}。"
        )


def offers(telling: Telling):
    """Which body offers what."""
    names = dict(BodyService.choices)
    rows = in_force(ProviderService.objects.select_related("provider"), telling)
    rows = list(rows.order_by("provider__name", "pk"))
    if not rows:
        return
    told_of = dict.fromkeys(
        f"{plain(row.provider.name)}（{'、'.join(names[s] for s in row.services)}）" for row in rows
    )
    yield f"有{{disability.serving_bodies}}康复机构开展服务：{'；'.join(list(told_of)[:6])}。"


def specialists(telling: Telling):
    """The guidance team by its specialties."""
    members = in_force(GroupMember.objects.filter(group__domains__contains=["disability"]), telling)
    members = members.exclude(specialty="").order_by("group__starts_on", "pk")
    kinds = listed(members.values_list("specialty", flat=True))
    if kinds:
        teams = listed(quoted(name) for name in members.values_list("group__name", flat=True))
        yield (
            f"依托{teams}建立专业指导力量，由{plain(kinds)}专业人员{{disability.specialists}}"
            "开展康复指导。"
        )


def topics(telling: Telling):
    """What the trainings of workers taught."""
    names = dict(TrainingTopic.choices)
    rows = within(Activity.objects.filter(kind=ActivityKind.TRAINING, **OURS), telling)
    taught = {code for row in rows for code in row.topics}
    if counted(telling, "worker_trainings") and taught:
        words = "、".join(label for code, label in names.items() if code in taught)
        yield f"培训内容包括{words}。"


register(
    Narrative(STREET, "management", 10, campaigns),
    *told(
        STREET,
        "management",
        80,
        "创建指标{disability.indicators}，已达标{disability.indicators_reached}，达标率"
        "{disability.indicator_rate}。",
        "indicators",
    ),
    Narrative(STREET, "management", 30, documents),
    Narrative(STREET, "management", 40, groups),
    *told(
        STREET,
        "management",
        82,
        "现有助残工作小组{disability.groups}，成员{disability.team_members#}人（兼任的重复计算）。",
        "groups",
    ),
    Narrative(STREET, "management", 60, assigned),
    *told(
        STREET,
        "management",
        84,
        "计划任务{disability.tasks_planned}，完成{disability.tasks_done}，完成率"
        "{disability.task_rate}。",
        "tasks_planned",
    ),
    Narrative(STREET, "management", 70, posts),
    *told(
        STREET,
        "management",
        86,
        "按年度安排定时开展主题活动，应开展{disability.events_planned}，已开展"
        "{disability.events_held}，落实率{disability.event_rate}。",
        "events_planned",
    ),
    *told(
        "A",
        "basics",
        30,
        "年度计划任务{disability.tasks_planned}，完成{disability.tasks_done}，完成率"
        "{disability.task_rate}。",
        "tasks_planned",
    ),
    *told(
        "A",
        "basics",
        40,
        "收到上级残疾人工作来文{disability.incoming}，已办结{disability.incoming_done}。",
        "incoming",
    ),
    Narrative(COMMUNITY, "basics", 45, campaigns),
    *told(
        "A",
        "basics",
        50,
        "正在开展的创建工作{disability.campaigns}，创建指标{disability.indicators}，已达标"
        "{disability.indicators_reached}。",
        "campaigns",
    ),
    Narrative(STREET, "places", 700, offers),
    *told(
        STREET,
        "guidance",
        10,
        "康复人员在岗{disability.workers#}人（兼任的重复计算），其中社区医生{disability.doctors}，"
        "社区康复协调员{disability.coordinators}。",
        "workers",
    ),
    Narrative(STREET, "guidance", 30, specialists),
    *told(
        STREET,
        "guidance",
        11,
        "举办康复业务培训{disability.worker_trainings}，培训康复人员"
        "{disability.workers_trained}，其中社区医生{disability.doctors_trained}，"
        "社区康复协调员{disability.coordinators_trained}。",
        "worker_trainings",
        "workers_trained",
    ),
    Narrative(STREET, "guidance", 20, topics),
    clauses(
        STREET,
        "guidance",
        12,
        ("培训累计{disability.training_hours}", "training_hours"),
        ("在岗协调员培训覆盖率为{disability.coordinator_coverage}", "coordinators"),
    ),
    clauses(
        STREET,
        "guidance",
        14,
        ("开展需求调查专题培训{disability.trainings_needs_survey}", "trainings_needs_survey"),
        (
            "开展养护调查数据库管理专题培训{disability.trainings_care_database}",
            "trainings_care_database",
        ),
        ("开展盲人定向行走专题培训{disability.trainings_orientation}", "trainings_orientation"),
    ),
)

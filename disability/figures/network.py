"""指标 of the network: bodies, groups, posts, workers and their trainings, plans, campaigns, papers.

Where the office counts the same over all departments, the tags narrow it to disability work."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from disability.enums.network import BodyService, WorkerRole
from disability.figures.base import OURS, flow, ratio, stock
from disability.models import ProviderService, RehabWorker, WorkerAttendance
from portal.figures import Category, Distinct, Total, register
from portal.office.enums import PartnerKind, Rank
from portal.office.figures.plans import done_by_end, held_by_end, reached_by_end
from portal.office.models import (
    Agreement,
    Campaign,
    CampaignIndicator,
    GroupMember,
    IncomingDocument,
    LeadingGroup,
    PolicyDocument,
    Post,
    PostHolder,
    ScheduledEvent,
    WorkTask,
)
from residents.enums import ActivityKind, TrainingTopic
from residents.models import Activity

SPELL = {"starts": "starts_on", "ends": "ends_on", "ends_inclusive": True}
ROLE = Category("岗位角色", "role", dict(WorkerRole.choices))
WORKER_ROLE = Category("岗位角色", "worker__role", dict(WorkerRole.choices))
TOPIC = Category("培训内容", "topics", dict(TrainingTopic.choices), array=True)


@dataclass(frozen=True)
class Owners(Category):
    """By who answers for a task, as the tasks of the units name them."""

    label: str = "责任人"
    path: str = "owner"
    choices: dict = field(default_factory=dict)

    def labels(self, units):
        rows = WorkTask.objects.filter(unit__in=units, deleted_at__isnull=True)
        return {owner: owner for owner in rows.values_list("owner", flat=True).distinct()}


BY_OWNER = {"owner": Owners()}
T = TrainingTopic
FOR_WORKERS = [
    *(T.SERVICE, T.ASSESSMENT, T.PLANNING, T.COMMUNICATION, T.SPEECH, T.DOORSTEP),
    *(T.NEEDS_SURVEY, T.CARE_DATABASE, T.ORIENTATION),
]  # fmt: skip
WORKERS_TRAINING = OURS & Q(kind=ActivityKind.TRAINING, topics__overlap=FOR_WORKERS)


def of_ours(path: str) -> Q:
    return Q(**{f"{path}__contains": ["disability"]})


def trained_coordinators(period) -> Q:
    """Coordinators with an attendance within the period."""
    been = WorkerAttendance.objects.kept().filter(
        worker=OuterRef("pk"), occurred_on__range=(period.start, period.end)
    )
    return Q(Exists(been), role=WorkerRole.COORDINATOR)


def answered_by_end(period) -> Q:
    return OURS & Q(done_on__lte=period.end)


def our_tasks_done(period) -> Q:
    return of_ours("plan__domains") & done_by_end(period)


def our_events_held(period) -> Q:
    return OURS & held_by_end(period)


def our_tasks_open(period) -> Q:
    open_still = Q(done_on__isnull=True) | Q(done_on__gt=period.end)
    return of_ours("plan__domains") & Q(cancelled_on__isnull=True) & open_still


def lapsed_by_end(period) -> Q:
    return Q(certified_until__lte=period.end)


def untrained_coordinators(period) -> Q:
    return Q(role=WorkerRole.COORDINATOR) & ~trained_coordinators(period)


STANDING = Q(campaign__deleted_at__isnull=True) & of_ours("campaign__domains")
UNDER_WAY = {"starts": "campaign__starts_on", "ends": "campaign__ends_on"}


def our_indicators_reached(period) -> Q:
    return STANDING & reached_by_end(period)


register(
    stock(
        "bodies",
        "签约康复机构",
        "家",
        "期末那一天有合作协议在有效期内、计入残疾人工作的机构家数，按名称去重。",
        model=Agreement,
        where=of_ours("partner__domains"),
        value=Distinct("partner__name"),
        categories={"kind": Category("性质", "partner__kind", dict(PartnerKind.choices))},
        **SPELL,
    ),
    stock(
        "agreements_bodies",
        "康复合作协议",
        "份",
        "期末那一天在有效期内、计入残疾人工作的合作协议份数。",
        model=Agreement,
        where=of_ours("partner__domains"),
        **SPELL,
    ),
    stock(
        "serving_bodies",
        "开展服务的康复机构",
        "家",
        "期末那一天登记有服务内容的康复机构家数，按名称去重。",
        keywords=("康复机构", "服务机构"),
        model=ProviderService,
        value=Distinct("provider__name"),
        categories={
            "services": Category("服务内容", "services", dict(BodyService.choices), array=True)
        },
        **SPELL,
    ),
    stock(
        "groups",
        "助残工作小组数",
        "个",
        "期末那一天已成立、未撤销、计入残疾人工作的领导小组和专业指导组个数。",
        model=LeadingGroup,
        where=OURS,
        **SPELL,
    ),
    stock(
        "team_members",
        "助残小组成员数",
        "人次",
        "期末那一天在任的助残工作小组成员记录数，一人在两个小组算两个。",
        model=GroupMember,
        where=of_ours("group__domains"),
        **SPELL,
    ),
    stock(
        "specialists",
        "康复指导专业人员",
        "人",
        "期末那一天在任、登记有专业的助残工作小组成员，按姓名去重。",
        keywords=("专业人员",),
        model=GroupMember,
        where=of_ours("group__domains") & ~Q(specialty=""),
        value=Distinct("person"),
        **SPELL,
    ),
    stock(
        "posts_planned",
        "助残岗位定员",
        "人",
        "期末那一天计入残疾人工作的岗位的定员人数之和。",
        model=Post,
        where=OURS,
        value=Total("planned"),
        **SPELL,
    ),
    stock(
        "posts_held",
        "助残岗位在岗",
        "人",
        "期末那一天在助残岗位上的人员记录数，一人兼两岗算两个。",
        model=PostHolder,
        where=of_ours("post__domains"),
        **SPELL,
    ),
    stock(
        "workers",
        "康复人员在岗",
        "人次",
        "期末那一天在岗的康复人员记录数，一人兼两个角色算两个。",
        keywords=("康复人员", "助残队伍"),
        model=RehabWorker,
        categories={"role": ROLE},
        **SPELL,
    ),
    stock(
        "doctors",
        "在岗社区医生",
        "人",
        "期末那一天在岗的社区医生人数。",
        keywords=("社区医生",),
        model=RehabWorker,
        where=Q(role=WorkerRole.DOCTOR),
        **SPELL,
    ),
    stock(
        "coordinators",
        "在岗社区康复协调员",
        "人",
        "期末那一天在岗的社区康复协调员人数。",
        keywords=("协调员",),
        model=RehabWorker,
        where=Q(role=WorkerRole.COORDINATOR),
        **SPELL,
    ),
    stock(
        "coordinators_trained",
        "参训的在岗协调员",
        "人",
        "期末在岗的社区康复协调员中，期内至少参加过一次培训的人数。",
        model=RehabWorker,
        where=trained_coordinators,
        **SPELL,
    ),
    stock(
        "coordinators_untrained",
        "未参训的在岗协调员",
        "人",
        "期末在岗的社区康复协调员中，期内没有参加过培训的人数。",
        model=RehabWorker,
        where=untrained_coordinators,
        **SPELL,
    ),
    stock(
        "workers_lapsed",
        "证书到期的康复人员",
        "人次",
        "期末那一天在岗、资格证书有效期不晚于期末的康复人员记录数。",
        model=RehabWorker,
        where=lapsed_by_end,
        **SPELL,
    ),
    ratio(
        "coordinator_coverage",
        "协调员培训覆盖率",
        "参训的在岗协调员 ÷ 期末在岗社区康复协调员。",
        ("培训覆盖率",),
        of="coordinators_trained",
        among="coordinators",
    ),
    flow(
        "worker_trainings",
        "康复业务培训",
        "次",
        "开始日期在期内、计入残疾人工作、培训内容含康复业务（康复服务、功能评定、训练计划、心理沟通、"
        "言语训练、上门调查、需求调查、养护数据库管理、盲人定向行走）的培训次数。",
        ("业务培训",),
        model=Activity,
        where=WORKERS_TRAINING,
        categories={"topics": TOPIC},
    ),
    flow(
        "training_hours",
        "康复业务培训学时",
        "学时",
        "开始日期在期内的康复业务培训的学时之和，没有填写的不计。",
        ("学时",),
        model=Activity,
        where=WORKERS_TRAINING,
        value=Total("hours"),
    ),
    flow(
        "workers_trained",
        "参训康复人员",
        "人",
        "期内参加过培训的康复人员，一人多次只算一人。",
        ("参训",),
        model=WorkerAttendance,
        value=Distinct("worker"),
        categories={"role": WORKER_ROLE},
    ),
    flow(
        "doctors_trained",
        "参训社区医生",
        "人",
        "期内参加过培训的社区医生，一人多次只算一人。",
        model=WorkerAttendance,
        where=Q(worker__role=WorkerRole.DOCTOR),
        value=Distinct("worker"),
    ),
    flow(
        "worker_person_times",
        "康复人员参训人次",
        "人次",
        "日期在期内的康复人员参训记录条数。",
        model=WorkerAttendance,
        categories={"role": WORKER_ROLE},
    ),
    flow(
        "worker_hours",
        "康复人员参训学时",
        "学时",
        "日期在期内的康复人员参训记录的学时之和，没有填写的不计。",
        model=WorkerAttendance,
        value=Total("hours"),
    ),
    *(
        flow(
            f"trainings_{topic}",
            f"{topic.label}培训",
            "次",
            f"开始日期在期内、计入残疾人工作、培训内容含“{topic.label}”的培训次数。",
            model=Activity,
            where=OURS & Q(kind=ActivityKind.TRAINING, topics__contains=[topic]),
        )
        for topic in (T.NEEDS_SURVEY, T.CARE_DATABASE, T.ORIENTATION)
    ),
    flow(
        "tasks_planned",
        "残疾人工作计划任务",
        "项",
        "完成期限在期内的残疾人工作计划任务项数，取消的不算。",
        ("计划任务",),
        model=WorkTask,
        date="due_on",
        where=of_ours("plan__domains") & Q(cancelled_on__isnull=True),
        categories=BY_OWNER,
    ),
    flow(
        "tasks_done",
        "残疾人工作完成任务",
        "项",
        "完成期限在期内的残疾人工作计划任务中，到期末已完成的项数。",
        ("完成任务", "完成"),
        model=WorkTask,
        date="due_on",
        where=our_tasks_done,
        categories=BY_OWNER,
    ),
    flow(
        "tasks_open",
        "残疾人工作未完成任务",
        "项",
        "完成期限在期内、没有取消、到期末还没有完成的残疾人工作计划任务项数。",
        model=WorkTask,
        date="due_on",
        where=our_tasks_open,
    ),
    ratio(
        "task_rate",
        "残疾人工作任务完成率",
        "残疾人工作完成任务 ÷ 残疾人工作计划任务，都按完成期限归入时段。",
        ("任务完成率",),
        of="tasks_done",
        among="tasks_planned",
    ),
    flow(
        "events_planned",
        "助残年度安排应开展",
        "次",
        "计划日期在期内、计入残疾人工作的年度安排次数。",
        model=ScheduledEvent,
        date="planned_on",
        where=OURS,
    ),
    flow(
        "events_held",
        "助残年度安排已开展",
        "次",
        "计划日期在期内、计入残疾人工作的年度安排中，到期末已开展的次数。",
        model=ScheduledEvent,
        date="planned_on",
        where=our_events_held,
    ),
    ratio(
        "event_rate",
        "助残年度安排落实率",
        "助残年度安排已开展 ÷ 应开展。",
        of="events_held",
        among="events_planned",
    ),
    stock(
        "campaigns",
        "正在开展的助残创建",
        "项",
        "期末那一天已启动、尚未结束、计入残疾人工作的创建活动项数。",
        model=Campaign,
        where=OURS,
        starts="starts_on",
        ends="ends_on",
        categories={"rank": Category("级别", "rank", dict(Rank.choices))},
    ),
    flow(
        "campaigns_granted",
        "助残创建获命名",
        "项",
        "命名日期在期内、计入残疾人工作的创建活动项数。",
        ("命名",),
        model=Campaign,
        date="granted_on",
        where=OURS,
    ),
    stock(
        "indicators",
        "助残创建指标数",
        "项",
        "期末那一天正在开展的助残创建的指标项数。",
        model=CampaignIndicator,
        where=STANDING,
        **UNDER_WAY,
    ),
    stock(
        "indicators_reached",
        "助残创建达标指标",
        "项",
        "期末正在开展的助残创建的指标中，到期末有一条进度达到目标值的项数。",
        model=CampaignIndicator,
        where=our_indicators_reached,
        **UNDER_WAY,
    ),
    ratio(
        "indicator_rate",
        "助残创建达标率",
        "助残创建达标指标 ÷ 助残创建指标数。",
        ("达标率",),
        of="indicators_reached",
        among="indicators",
    ),
    flow(
        "documents",
        "印发助残文件",
        "份",
        "印发日期在期内、计入残疾人工作、由本单位印发的文件份数。",
        ("文件", "方案"),
        model=PolicyDocument,
        where=OURS,
    ),
    flow(
        "incoming",
        "收到助残来文",
        "份",
        "收文日期在期内、计入残疾人工作的来文份数。",
        ("来文",),
        model=IncomingDocument,
        where=OURS,
    ),
    flow(
        "incoming_done",
        "办结助残来文",
        "份",
        "收文日期在期内、计入残疾人工作的来文中，到期末已办结的份数。",
        model=IncomingDocument,
        where=answered_by_end,
    ),
)

"""指标 of the network: bodies, groups, posts, workers and their trainings.

Where the office counts the same over all departments, the tags narrow it to disability work."""

from django.db.models import Exists, OuterRef, Q

from disability.enums.network import BodyService, WorkerRole
from disability.figures.base import OURS, flow, of_ours, ratio, stock
from disability.models import ProviderService, RehabWorker, WorkerAttendance
from portal.figures import Category, Distinct, Total, register
from portal.office.enums import PartnerKind
from portal.office.models import (
    Agreement,
    GroupMember,
    LeadingGroup,
    Post,
    PostHolder,
)
from residents.enums import ActivityKind, TrainingTopic
from residents.models import Activity

SPELL = {"starts": "starts_on", "ends": "ends_on", "ends_inclusive": True}
ROLE = Category("岗位角色", "role", dict(WorkerRole.choices))
WORKER_ROLE = Category("岗位角色", "worker__role", dict(WorkerRole.choices))
TOPIC = Category("培训内容", "topics", dict(TrainingTopic.choices), array=True)


T = TrainingTopic
FOR_WORKERS = [
    *(T.SERVICE, T.ASSESSMENT, T.PLANNING, T.COMMUNICATION, T.SPEECH, T.DOORSTEP),
    *(T.NEEDS_SURVEY, T.CARE_DATABASE, T.ORIENTATION),
]  # fmt: skip
WORKERS_TRAINING = OURS & Q(kind=ActivityKind.TRAINING, topics__overlap=FOR_WORKERS)


def trained_coordinators(period) -> Q:
    """Coordinators with an attendance within the period."""
    been = WorkerAttendance.objects.kept().filter(
        worker=OuterRef("pk"), occurred_on__range=(period.start, period.end)
    )
    return Q(Exists(been), role=WorkerRole.COORDINATOR)


def lapsed_by_end(period) -> Q:
    return Q(certified_until__lte=period.end)


def untrained_coordinators(period) -> Q:
    return Q(role=WorkerRole.COORDINATOR) & ~trained_coordinators(period)


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
)

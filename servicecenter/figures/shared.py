"""指标 of the agency's share of facts that several departments count: learning, publicity, practical
technology, jobs."""

from django.db.models import Q

from portal.figures import Category, Distinct, Total, register
from residents.enums import ActivityKind, PushResult, TrainingTopic
from residents.models import Activity, JobInfo, JobPush
from servicecenter.figures.base import flow

OURS = Q(domains__contains=["servicecenter"])
OUR_POSTS = Q(info__domains__contains=["servicecenter"])
TOPIC = {"topics": Category("培训内容", "topics", dict(TrainingTopic.choices), array=True)}
RESULT = {"result": Category("结果", "result", dict(PushResult.choices))}


def activities(kind, code, label, definition, keywords=(), **options):
    return flow(
        code,
        label,
        "次",
        definition,
        keywords,
        model=Activity,
        where=OURS & Q(kind=kind),
        **options,
    )


def persons(kind, code, label, definition, keywords=(), **options):
    return flow(
        code,
        label,
        "人次",
        definition,
        keywords,
        model=Activity,
        where=OURS & Q(kind=kind),
        value=Total("participants"),
        **options,
    )


K = ActivityKind

register(
    activities(
        K.MEETING,
        "study_sessions",
        "为民服务学习",
        "开始日期在期内、计入为民服务、类型为会议学习的活动次数。",
        ("学习",),
    ),
    persons(
        K.MEETING,
        "study_attendance",
        "为民服务学习人次",
        "开始日期在期内、计入为民服务、类型为会议学习的活动的参加人次之和，没有填写的不计。",
    ),
    activities(
        K.TRAINING,
        "staff_trainings",
        "为民服务业务培训",
        "开始日期在期内、计入为民服务、类型为培训的活动次数。",
        ("业务培训",),
        categories=TOPIC,
    ),
    persons(
        K.TRAINING,
        "staff_training_attendance",
        "为民服务业务培训人次",
        "开始日期在期内、计入为民服务、类型为培训的活动的参加人次之和，没有填写的不计。",
        categories=TOPIC,
    ),
    activities(
        K.TECHNIQUE,
        "technique_sessions",
        "实用技术培训",
        "开始日期在期内、计入为民服务、类型为实用技术的活动次数。",
        ("实用技术",),
    ),
    persons(
        K.TECHNIQUE,
        "technique_attendance",
        "实用技术培训人次",
        "开始日期在期内、计入为民服务、类型为实用技术的活动的参加人次之和，没有填写的不计。",
    ),
    activities(
        K.PUBLICITY,
        "policy_events",
        "为民服务政策宣传",
        "开始日期在期内、计入为民服务、类型为宣传的活动次数。",
        ("政策宣传",),
    ),
    persons(
        K.PUBLICITY,
        "policy_reach",
        "为民服务政策宣传人次",
        "开始日期在期内、计入为民服务、类型为宣传的活动的参加人次之和，没有填写的不计。",
    ),
    flow(
        "job_infos",
        "发布用工信息",
        "条",
        "收到日期在期内、计入为民服务的招聘信息条数，一个岗位一条。",
        ("用工信息", "招聘信息"),
        model=JobInfo,
        where=OURS,
    ),
    flow(
        "job_wanted",
        "用工信息招聘人数",
        "人",
        "收到日期在期内、计入为民服务的招聘信息所登记的招聘人数之和。",
        model=JobInfo,
        where=OURS,
        value=Total("wanted"),
    ),
    flow(
        "job_pushes",
        "推送用工信息",
        "人次",
        "推送日期在期内、所属招聘信息计入为民服务的岗位推送条数。",
        ("推送",),
        model=JobPush,
        where=OUR_POSTS,
        categories=RESULT,
    ),
    flow(
        "job_persons",
        "接受用工信息推送居民",
        "人",
        "期内推送过计入为民服务的招聘信息的居民，一人多次只算一人。",
        model=JobPush,
        where=OUR_POSTS,
        value=Distinct("resident"),
        categories=RESULT,
    ),
    flow(
        "job_hired",
        "用工信息推送后入职",
        "人",
        "入职日期在期内、结果为已入职、所属招聘信息计入为民服务的居民，一人多次只算一人。",
        ("入职",),
        model=JobPush,
        where=OUR_POSTS & Q(result=PushResult.HIRED),
        date="hired_on",
        value=Distinct("resident"),
    ),
)

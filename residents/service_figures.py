"""指标 of the shared services: posts, diaries, consultations, problem items."""

from django.db.models import Q

from portal.figures import Category, Distinct, Flow, Ratio, Total, register
from portal.roles import DOMAINS
from residents.enums import (
    ConsultationTopic,
    ProblemKind,
    ProblemSource,
    ProblemState,
    PushMode,
    PushResult,
)
from residents.models import Consultation, Diary, DiaryContact, JobInfo, JobPush, Problem

DOMAIN = Category("工作", "domains", DOMAINS, array=True)
PUSH_MODE = Category("推送方式", "mode", dict(PushMode.choices))
PUSH_RESULT = Category("结果", "result", dict(PushResult.choices))
TOPIC = Category("咨询内容", "topic", dict(ConsultationTopic.choices))
PROBLEM = {
    "kind": Category("类别", "kind", dict(ProblemKind.choices)),
    "source": Category("来源", "source", dict(ProblemSource.choices)),
    "domains": DOMAIN,
}


def solved_by_end(period) -> Q:
    return Q(state=ProblemState.SOLVED, closed_on__lte=period.end)


def unsettled_at_end(period) -> Q:
    return Q(closed_on__isnull=True) | Q(closed_on__gt=period.end)


def flow(code, label, measure, definition, keywords=(), **options):
    return Flow(code, label, "residents", measure, definition, keywords, **options)


register(
    flow(
        "jobs.infos",
        "招聘信息",
        "条",
        "收到日期在期内的招聘信息条数，一个岗位一条。",
        ("招聘信息",),
        model=JobInfo,
        categories={"domains": DOMAIN},
    ),
    flow(
        "jobs.wanted",
        "招聘岗位人数",
        "人",
        "收到日期在期内的招聘信息所登记的招聘人数之和。",
        model=JobInfo,
        value=Total("wanted"),
        categories={"domains": DOMAIN},
    ),
    flow(
        "jobs.pushes",
        "推送岗位",
        "人次",
        "推送日期在期内的岗位推送条数，一人一岗一次算一次。",
        ("推送",),
        model=JobPush,
        categories={"mode": PUSH_MODE, "result": PUSH_RESULT},
    ),
    flow(
        "jobs.persons",
        "推送岗位居民",
        "人",
        "期内推送过岗位的居民，一人多次只算一人。",
        model=JobPush,
        value=Distinct("resident"),
        categories={"mode": PUSH_MODE, "result": PUSH_RESULT},
    ),
    flow(
        "jobs.hired",
        "推送后入职",
        "人",
        "入职日期在期内、结果为已入职的居民，一人多次只算一人。",
        ("入职", "就业"),
        model=JobPush,
        where=Q(result=PushResult.HIRED),
        date="hired_on",
        value=Distinct("resident"),
        categories={"mode": PUSH_MODE},
    ),
    flow(
        "diaries.pages",
        "民情日记",
        "篇",
        "日记日期在期内的民情日记篇数。",
        ("民情日记",),
        model=Diary,
        categories={"domains": DOMAIN},
    ),
    flow(
        "diaries.persons",
        "日记见到居民",
        "人",
        "日记日期在期内的民情日记中见到的在册居民，一人多次只算一人。",
        model=DiaryContact,
        value=Distinct("resident"),
    ),
    flow(
        "consultations.person_times",
        "健康咨询人次",
        "人次",
        "咨询日期在期内的健康咨询记录条数。",
        ("义诊", "健康咨询"),
        model=Consultation,
        categories={"topic": TOPIC, "domains": DOMAIN},
    ),
    flow(
        "consultations.persons",
        "健康咨询人数",
        "人",
        "期内接受健康咨询的居民，一人多次只算一人。",
        model=Consultation,
        value=Distinct("resident"),
        categories={"topic": TOPIC, "domains": DOMAIN},
    ),
    flow(
        "problems.raised",
        "问题事项",
        "件",
        "发现日期在期内的问题事项件数。",
        ("问题", "事项"),
        model=Problem,
        categories=PROBLEM,
    ),
    flow(
        "problems.solved",
        "解决问题",
        "件",
        "发现日期在期内、截至期末已解决的问题事项件数；无法解决的不算。",
        ("解决", "化解"),
        model=Problem,
        where=solved_by_end,
        categories=PROBLEM,
    ),
    flow(
        "problems.pending",
        "未办结问题",
        "件",
        "发现日期在期内、截至期末尚未办结的问题事项件数，已上报的也算。",
        model=Problem,
        where=unsettled_at_end,
        categories=PROBLEM,
    ),
    flow(
        "problems.settled",
        "办结问题",
        "件",
        "办结日期在期内的问题事项件数，已解决和无法解决都算，不论何时发现。",
        ("办结",),
        model=Problem,
        date="closed_on",
        categories=PROBLEM,
    ),
    Ratio(
        "problems.solved_rate",
        "问题解决率",
        "residents",
        "%",
        "解决问题 ÷ 问题事项。",
        ("解决率",),
        numerator="problems.solved",
        denominator="problems.raised",
        categories=PROBLEM,
    ),
)

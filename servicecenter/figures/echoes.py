"""指标 of the echo wall."""

from django.db.models import Q

from portal.figures import Category, register
from servicecenter.enums.reception import EchoState, ReceptionTopic
from servicecenter.figures.base import flow, ratio
from servicecenter.models import Echo

TOPIC = {"topic": Category("类别", "topic", dict(ReceptionTopic.choices))}


def replied_by_end(period) -> Q:
    return Q(replied_on__lte=period.end)


def unreplied_at_end(period) -> Q:
    return Q(replied_on__isnull=True) | Q(replied_on__gt=period.end)


register(
    flow(
        "echoes",
        "回音壁提问",
        "条",
        "提问日期在期内的社区回音壁问题条数。",
        ("回音壁",),
        model=Echo,
        categories=TOPIC,
    ),
    flow(
        "echoes_answered",
        "回音壁已回复",
        "条",
        "提问日期在期内、回复日期不晚于期末的社区回音壁问题条数。",
        model=Echo,
        where=replied_by_end,
        categories=TOPIC,
    ),
    flow(
        "echoes_waiting",
        "回音壁未回复",
        "条",
        "提问日期在期内、截至期末还没有回复的社区回音壁问题条数。",
        model=Echo,
        where=unreplied_at_end,
        categories=TOPIC,
    ),
    ratio(
        "echo_reply_rate",
        "回音壁回复率",
        "回音壁已回复 ÷ 回音壁提问。",
        of="echoes_answered",
        among="echoes",
        categories=TOPIC,
    ),
    flow(
        "echoes_public",
        "回音壁公开答复",
        "条",
        "公开日期在期内、审核通过的社区回音壁问题条数，不论何时提问。",
        model=Echo,
        date="published_on",
        where=Q(state=EchoState.PASSED),
        categories=TOPIC,
    ),
)

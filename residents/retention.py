"""How long the cases of 个人信息请求 are kept (PIPL art. 56: records of handling three years), and what rests on
consent (art. 19, 47; the years are those of ``holding_bases``)."""

from django.db.models import Q

from portal.retention import Rule, register
from portal.retention.periods import Kept
from residents.enums import RequestState
from residents.holding_bases import OF_LEDGER
from residents.models import Consent, Consultation, DataRequest, JobPush, Visit

SHORTEST = (
    "个人信息保护法第十九条、第四十七条第一款第一项：处理目的已实现，保存期限取必要的最短时间"
)
KEPT = Q(deleted_at__isnull=True)


def years(slug: str) -> Kept:
    """As the answer to a resident's request tells them."""
    return Kept(years=OF_LEDGER[slug].years)


register(
    Rule(
        "residents.data_requests",
        "已办结的个人信息请求",
        DataRequest,
        "handed_on",
        Kept(years=3),
        "个人信息保护法第五十六条：处理情况记录至少保存三年",
        Q(state=RequestState.CLOSED, deleted_at__isnull=True),
    ),
    Rule("residents.visits", "走访", Visit, "occurred_on", years("visits"), SHORTEST, KEPT),
    Rule(
        "residents.consultations",
        "咨询",
        Consultation,
        "occurred_on",
        years("consultations"),
        SHORTEST,
        KEPT,
    ),
    Rule(
        "residents.job_pushes",
        "岗位推送",
        JobPush,
        "occurred_on",
        years("job-pushes"),
        SHORTEST,
        KEPT,
    ),
    Rule(
        "residents.consents",
        "已撤回的同意",
        Consent,
        "withdrawn_on",
        years("consents"),
        "个人信息保护法第五十六条：处理情况记录至少保存三年",
        KEPT,
    ),
)

"""指标 of agreements for rehabilitation services, and of problems of disability work."""

from django.db.models import Exists, OuterRef, Q

from disability.enums.services import ServiceKind
from disability.figures.base import OURS, flow, ratio, stock
from disability.figures.plans import of_the_living
from disability.models import Certificate, RehabAgreement
from portal.figures import Category, Distinct, register
from residents.enums import ProblemKind, ProblemState
from residents.models import Problem

KINDS = {"kinds": Category("约定项目", "kinds", dict(ServiceKind.choices), array=True)}
PROBLEM = {"kind": Category("类别", "kind", dict(ProblemKind.choices))}


def of_holders(period) -> Q:
    """Of somebody who holds a certificate of the unit on the last day."""
    held = Certificate.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=period.end),
        resident=OuterRef("resident"),
        unit=OuterRef("unit"),
        counts_from__lte=period.end,
        deleted_at__isnull=True,
    )
    return of_the_living(period) & Q(Exists(held))


SPELL = {"starts": "starts_on", "ends": "ends_on", "ends_inclusive": True}


register(
    stock(
        "agreements_signed",
        "康复签约",
        "人",
        "期末那一天有有效康复签约的居民，到期当天仍算，去重；已去世的不算。",
        ("签约",),
        model=RehabAgreement,
        where=of_the_living,
        value=Distinct("resident"),
        categories=KINDS,
        **SPELL,
    ),
    stock(
        "agreements_signed_holders",
        "签约的持证残疾人",
        "人",
        "期末那一天有有效康复签约、同时在本单位持有残疾人证的居民，去重。",
        model=RehabAgreement,
        version=2,
        where=of_holders,
        value=Distinct("resident"),
        **SPELL,
    ),
    ratio(
        "signing_rate",
        "康复签约率",
        "签约的持证残疾人 ÷ 期末持证残疾人。",
        ("签约率",),
        of="agreements_signed_holders",
        among="holders",
    ),
    flow(
        "agreements_new",
        "新签康复约定书",
        "份",
        "签约日期在期内的康复签约份数。",
        ("新签", "约定书"),
        model=RehabAgreement,
        date="signed_on",
        categories=KINDS,
    ),
    flow(
        "problems",
        "残疾人问题事项",
        "件",
        "发现日期在期内、计入残疾人工作的问题事项件数。",
        ("问题", "难题"),
        model=Problem,
        where=OURS,
        categories=PROBLEM,
    ),
    flow(
        "problems_solved",
        "解决残疾人问题",
        "件",
        "发现日期在期内、计入残疾人工作、截至期末已解决的问题事项件数；无法解决的不算。",
        ("解决",),
        model=Problem,
        where=lambda period: OURS & Q(state=ProblemState.SOLVED, closed_on__lte=period.end),
        categories=PROBLEM,
    ),
    ratio(
        "problems_solved_rate",
        "残疾人问题解决率",
        "解决残疾人问题 ÷ 残疾人问题事项。",
        ("解决率",),
        of="problems_solved",
        among="problems",
    ),
)

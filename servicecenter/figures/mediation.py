"""指标 of mediations: by the day of taking on; agreements by the day of signing."""

from django.db.models import Q

from portal.figures import Category, register
from servicecenter.enums.reception import AgreementKept, DisputeKind, MediationResult
from servicecenter.figures.base import flow, ratio
from servicecenter.models import Mediation

KIND = {"kind": Category("纠纷类型", "kind", dict(DisputeKind.choices))}
ALL = KIND | {"result": Category("结果", "result", dict(MediationResult.choices))}


def ended_by_end(period) -> Q:
    return Q(ended_on__lte=period.end)


def succeeded_by_end(period) -> Q:
    return ended_by_end(period) & Q(result=MediationResult.SUCCEEDED)


def running_at_end(period) -> Q:
    return Q(ended_on__isnull=True) | Q(ended_on__gt=period.end)


register(
    flow(
        "mediations",
        "调解矛盾纠纷",
        "件",
        "受理日期在期内的矛盾调解件数。",
        ("调解", "矛盾纠纷", "调处"),
        model=Mediation,
        categories=ALL,
    ),
    flow(
        "mediations_ended",
        "调解结束的纠纷",
        "件",
        "受理日期在期内、结束日期不晚于期末的矛盾调解件数，成功、未成功和转司法的都算。",
        model=Mediation,
        where=ended_by_end,
        categories=KIND,
    ),
    flow(
        "mediations_succeeded",
        "调解成功的纠纷",
        "件",
        "受理日期在期内、截至期末调解成功的矛盾调解件数。",
        ("调解成功",),
        model=Mediation,
        where=succeeded_by_end,
        categories=KIND,
    ),
    flow(
        "mediations_running",
        "调解进行中的纠纷",
        "件",
        "受理日期在期内、截至期末还没有结束的矛盾调解件数。",
        model=Mediation,
        where=running_at_end,
        categories=KIND,
    ),
    ratio(
        "mediation_rate",
        "调解成功率",
        "调解成功的纠纷 ÷ 调解结束的纠纷；还在进行中的不计入。",
        ("调解成功率",),
        of="mediations_succeeded",
        among="mediations_ended",
        categories=KIND,
    ),
    flow(
        "agreements",
        "签订调解协议",
        "份",
        "协议签订日期在期内的矛盾调解件数。",
        ("调解协议",),
        model=Mediation,
        date="signed_on",
        categories=KIND | {"kept": Category("履行情况", "kept", dict(AgreementKept.choices))},
    ),
    flow(
        "agreements_kept",
        "已履行的调解协议",
        "份",
        "协议签订日期在期内、回访时已履行的调解协议份数。",
        model=Mediation,
        date="signed_on",
        where=Q(kept=AgreementKept.KEPT),
        categories=KIND,
    ),
    ratio(
        "agreement_rate",
        "调解协议履行率",
        "已履行的调解协议 ÷ 签订调解协议；还没有回访的也在分母中。",
        of="agreements_kept",
        among="agreements",
        categories=KIND,
    ),
)

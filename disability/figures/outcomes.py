"""指标 of the effect of rehabilitation: who was measured again, and who is better than at first."""

from django.db.models import Exists, OuterRef, Q

from disability.enums.outcomes import LOWER_IS_BETTER, Scale
from disability.figures.base import flow, ratio
from disability.models import OutcomeMeasure
from portal.figures import Category, Distinct, register

SCALE = Category("量表", "scale", dict(Scale.choices))


def of_the_same():
    """The values of the same person on the same scale at the same unit as the row asked about."""
    return OutcomeMeasure.objects.kept().filter(
        resident=OuterRef("resident"), scale=OuterRef("scale"), unit=OuterRef("unit")
    )


def earlier():
    return of_the_same().filter(occurred_on__lt=OuterRef("occurred_on"))


def baselines():
    """The first of them; it may be the row itself."""
    return of_the_same().filter(~Exists(earlier()))


def last_of(period) -> Q:
    later = of_the_same().filter(
        occurred_on__gt=OuterRef("occurred_on"), occurred_on__lte=period.end
    )
    return ~Q(Exists(later))


def improved(period) -> Q:
    lower = Q(scale__in=LOWER_IS_BETTER)
    worse_then = Q(Exists(baselines().filter(value__lt=OuterRef("value"))))
    higher_then = Q(Exists(baselines().filter(value__gt=OuterRef("value"))))
    return last_of(period) & ((~lower & worse_then) | (lower & higher_then))


register(
    flow(
        "outcome_measures",
        "效果评定",
        "人次",
        "日期在期内的量表评定条数，基线和以后各次都算。",
        ("评定", "评估"),
        model=OutcomeMeasure,
        categories={"scale": SCALE},
    ),
    flow(
        "outcomes_measured",
        "有前后评定的人数",
        "人",
        "期内在同一量表上有评定、且此前已有基线的居民，去重。",
        ("前后评定", "复评"),
        model=OutcomeMeasure,
        where=Q(Exists(earlier())),
        value=Distinct("resident"),
        categories={"scale": SCALE},
    ),
    flow(
        "outcomes_improved",
        "康复有改善的人数",
        "人",
        "有前后评定的人中，至少一个量表期内最后一次评定好于基线的居民，去重。",
        ("改善", "好转"),
        model=OutcomeMeasure,
        where=improved,
        value=Distinct("resident"),
        categories={"scale": SCALE},
    ),
    ratio(
        "improvement_rate",
        "康复改善率",
        "康复有改善的人数 ÷ 有前后评定的人数。",
        ("改善率",),
        of="outcomes_improved",
        among="outcomes_measured",
    ),
    flow(
        "confidence_measured",
        "自信心有前后自评的人数",
        "人",
        "期内有自信心自评、且此前已有基线的居民，去重。",
        ("自信",),
        model=OutcomeMeasure,
        where=Q(Exists(earlier()), scale=Scale.CONFIDENCE),
        value=Distinct("resident"),
    ),
    flow(
        "confidence_improved",
        "自信心有提高的人数",
        "人",
        "自信心有前后自评的人中，期内最后一次自评高于基线的居民，去重。",
        ("自信",),
        model=OutcomeMeasure,
        where=lambda period: improved(period) & Q(scale=Scale.CONFIDENCE),
        value=Distinct("resident"),
    ),
)

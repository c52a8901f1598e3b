"""Figures: orders from issue to closing, in time or late, and the rounds that they took."""

from django.db.models import Case, CharField, F, Q, Value, When
from django.utils import timezone

from portal.figures import Total, register
from portal.figures.categories import DerivedCategory, GridCategory
from portal.figures.engine import as_of
from portal.figures.values import DaysBetween
from sanitation.enums.inspections import InspectionKind, ProblemType
from sanitation.figures.base import average, flow, ratio, stock
from sanitation.models import RectificationOrder, RectificationRound
from sanitation.selectors.rectification import in_time, late_on

TYPED = "typed"  # an order that belongs to no finding


def from_finding(path: str):
    """What the finding of the order says, or that there is none."""
    return lambda period: Case(
        When(finding__isnull=True, then=Value(TYPED)),
        default=F(path),
        output_field=CharField(),
    )


ORDERS = {
    "source": DerivedCategory(
        "来源",
        "_source",
        dict(InspectionKind.choices) | {TYPED: "直接下达"},
        expression=from_finding("finding__inspection__kind"),
    ),
    "problem_type": DerivedCategory(
        "问题类型",
        "_problem_type",
        dict(ProblemType.choices) | {TYPED: "没有对应的检查问题"},
        expression=from_finding("finding__problem"),
    ),
    "grid": GridCategory(),
}


def day_of(period):
    return as_of(period, timezone.localdate())


def closed_by_end(period) -> Q:
    return Q(closed_on__lte=period.end)


def in_time_by_end(period) -> Q:
    return Q(closed_on__lte=period.end) & in_time()


def judged_by_end(period) -> Q:
    """Closed, or late by then: all others have time left, or wait for the street."""
    return Q(closed_on__lte=period.end) | late_on(day_of(period))


def late_by_end(period) -> Q:
    return late_on(day_of(period))


def issued(code, label, definition, keywords=(), **options):
    return flow(
        code,
        label,
        "件",
        definition,
        keywords,
        model=RectificationOrder,
        categories=ORDERS,
        **options,
    )


def closed(code, label, measure, definition, **options):
    return flow(
        code,
        label,
        measure,
        definition,
        model=RectificationOrder,
        date="closed_on",
        categories=ORDERS,
        **options,
    )


def standing(code, label, definition, keywords=(), **options):
    return stock(
        code,
        label,
        "件",
        definition,
        keywords,
        model=RectificationOrder,
        starts="occurred_on",
        ends="closed_on",
        categories=ORDERS,
        **options,
    )


def round_of(code, label, definition, keywords=(), **options):
    return flow(code, label, "次", definition, keywords, model=RectificationRound, **options)


register(
    issued(
        "orders",
        "环卫整改单",
        "下达日期在期内的整改单件数，检查问题下达的、直接下达的和补录的纸质整改单都算。",
        ("整改单", "下达整改"),
    ),
    issued(
        "orders_closed",
        "已销号环卫整改单",
        "下达日期在期内、截至期末已销号的整改单件数。",
        ("已销号",),
        where=closed_by_end,
    ),
    ratio(
        "orders_closing_rate",
        "环卫整改销号率",
        "已销号环卫整改单 ÷ 环卫整改单。",
        ("销号率", "整改率"),
        of="orders_closed",
        among="orders",
        categories=ORDERS,
    ),
    issued(
        "orders_in_time",
        "按期销号环卫整改单",
        "下达日期在期内、截至期末已销号，且复查通过的那次整改日期（没有整改情况的按销号日期）不晚于"
        "限期日期的整改单件数。",
        ("按期整改",),
        where=in_time_by_end,
    ),
    issued(
        "orders_judged",
        "应销号环卫整改单",
        "下达日期在期内、截至期末（期末未到的截至当天）已销号或已逾期的整改单件数。",
        where=judged_by_end,
    ),
    ratio(
        "orders_in_time_rate",
        "环卫整改按期率",
        "按期销号环卫整改单 ÷ 应销号环卫整改单。",
        ("按期率", "按期整改率"),
        of="orders_in_time",
        among="orders_judged",
        categories=ORDERS,
    ),
    issued(
        "orders_extended",
        "延期环卫整改单",
        "下达日期在期内、办过延期的整改单件数。",
        where=Q(first_due_on__isnull=False),
    ),
    standing(
        "orders_open",
        "未销号环卫整改单",
        "期末已下达、没有销号的整改单件数。",
        ("未销号",),
    ),
    standing(
        "orders_late",
        "逾期未销号环卫整改单",
        "期末没有销号、限期日期早于期末（期末未到的按当天）的整改单件数；限期内已报告整改、等待复查的不算。",
        ("逾期未整改", "逾期未销号"),
        where=late_by_end,
    ),
    # --- how long -----------------------------------------------------------------------------------
    closed(
        "orders_closed_within",
        "期内销号环卫整改单",
        "件",
        "销号日期在期内的整改单件数，不论何时下达。",
    ),
    closed(
        "orders_days",
        "环卫整改用时",
        "天",
        "销号日期在期内的整改单从下达到销号的自然日之和，下达当天不算。",
        value=DaysBetween("occurred_on", until="closed_on"),
    ),
    average(
        "orders_average_days",
        "环卫整改平均用时",
        "天",
        "环卫整改用时 ÷ 期内销号环卫整改单。",
        ("平均整改",),
        of="orders_days",
        among="orders_closed_within",
        categories=ORDERS,
    ),
    closed(
        "orders_worked_days",
        "环卫整改所用工作日",
        "个工作日",
        "销号日期在期内的整改单从下达到销号的工作日之和，下达当天不算。",
        value=Total("worked_days"),
    ),
    average(
        "orders_average_worked_days",
        "环卫整改平均工作日",
        "个工作日",
        "环卫整改所用工作日 ÷ 期内销号环卫整改单。",
        of="orders_worked_days",
        among="orders_closed_within",
        categories=ORDERS,
    ),
    # --- rounds -------------------------------------------------------------------------------------
    round_of(
        "rounds",
        "环卫整改报告",
        "整改日期在期内的整改情况次数，同一张整改单每报一次算一次。",
        ("整改报告",),
    ),
    round_of(
        "rounds_rechecked",
        "环卫整改复查",
        "复查日期在期内的整改情况次数。",
        ("复查",),
        date="rechecked_on",
    ),
    round_of(
        "rounds_passed",
        "环卫整改复查通过",
        "复查日期在期内、复查通过的整改情况次数。",
        date="rechecked_on",
        where=Q(passed=True),
    ),
    round_of(
        "rounds_failed",
        "环卫整改复查未通过",
        "复查日期在期内、复查未通过的整改情况次数。",
        date="rechecked_on",
        where=Q(passed=False),
    ),
    ratio(
        "rounds_pass_rate",
        "环卫整改复查通过率",
        "环卫整改复查通过 ÷ 环卫整改复查。",
        ("复查通过率",),
        of="rounds_passed",
        among="rounds_rechecked",
    ),
)

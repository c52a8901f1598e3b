"""Figures: warning cards, special programmes, and what superiors found."""

from django.db.models import Q
from django.utils import timezone

from portal.figures import Category, Total, register
from portal.figures.engine import as_of
from portal.figures.values import DaysBetween
from portal.office.enums import Rank
from sanitation.enums.inspections import InspectionKind, ProblemType
from sanitation.enums.rectification import CardColour
from sanitation.figures.base import average, flow, stock
from sanitation.models import Finding, Inspection, RectificationProgramme, WarningCard

RANKS = dict(Rank.choices)
CARDS = {
    "colour": Category("牌色", "colour", dict(CardColour.choices)),
    "rank": Category("级别", "rank", RANKS),
}
FOUND = {
    "problem": Category("问题类型", "problem", dict(ProblemType.choices)),
    "rank": Category("上级级别", "inspection__rank", RANKS),
}
HELD = {
    "rank": Category("上级级别", "rank", RANKS),
    "kind": Category("检查方式", "kind", dict(InspectionKind.choices)),
}


def of_superior(path: str = "") -> Q:
    """Inspections of superiors, and unannounced ones that a superior held; only what is open."""
    told = Q(**{f"{path}kind": InspectionKind.UNANNOUNCED}) & ~Q(**{f"{path}rank": ""})
    return Q(is_open=True) & (Q(**{f"{path}kind": InspectionKind.SUPERIOR}) | told)


def cards(code, label, definition, keywords=(), **options):
    return flow(
        code, label, "块", definition, keywords, model=WarningCard, categories=CARDS, **options
    )


def standing_cards(code, label, definition, keywords=(), **options):
    return stock(
        code,
        label,
        "块",
        definition,
        keywords,
        model=WarningCard,
        starts="occurred_on",
        ends="lifted_on",
        categories=CARDS,
        **options,
    )


def programmes(code, label, measure, definition, keywords=(), **options):
    return flow(code, label, measure, definition, keywords, model=RectificationProgramme, **options)


def past_limit(period) -> Q:
    return Q(due_on__lt=as_of(period, timezone.localdate()))


register(
    cards(
        "cards",
        "环卫警告牌",
        "出牌日期在期内的警告牌块数，包括蓝牌提醒、黄牌警告、红牌警告。",
        ("警告牌", "黄牌"),
    ),
    cards(
        "cards_lifted",
        "已销环卫警告牌",
        "销牌日期在期内的警告牌块数。",
        ("销牌",),
        date="lifted_on",
    ),
    standing_cards(
        "cards_standing",
        "未销环卫警告牌",
        "期末已出牌、没有销牌的警告牌块数。",
        ("未销牌",),
    ),
    standing_cards(
        "cards_late",
        "逾期未销环卫警告牌",
        "期末没有销牌、整改期限早于期末（期末未到的按当天）的警告牌块数。",
        where=past_limit,
    ),
    # --- programmes ---------------------------------------------------------------------------------
    programmes(
        "programmes",
        "环卫专项整改",
        "次",
        "开始日期在期内的专项整改次数。",
        ("专项整改",),
        date="starts_on",
    ),
    programmes(
        "programmes_done",
        "已完成环卫专项整改",
        "次",
        "完成日期在期内的专项整改次数。",
        date="ends_on",
    ),
    programmes(
        "programme_days",
        "环卫专项整改用时",
        "天",
        "完成日期在期内的专项整改从开始到完成的天数之和，开始当天不算。",
        date="ends_on",
        value=DaysBetween("starts_on", until="ends_on"),
    ),
    average(
        "programme_average_days",
        "环卫专项整改平均用时",
        "天",
        "环卫专项整改用时 ÷ 已完成环卫专项整改。",
        of="programme_days",
        among="programmes_done",
    ),
    # --- superiors ----------------------------------------------------------------------------------
    flow(
        "superior_inspections",
        "上级环卫检查",
        "次",
        "检查日期在期内、已公开的上级督查和上级暗访次数。",
        ("上级督查", "上级暗访"),
        model=Inspection,
        where=of_superior(),
        categories=HELD,
    ),
    flow(
        "superior_problems",
        "上级环卫检查发现问题处数",
        "处",
        "检查日期在期内、已公开的上级督查和上级暗访所发现问题的处数之和。",
        ("上级检查发现",),
        model=Finding,
        where=of_superior("inspection__"),
        value=Total("occurrences"),
        categories=FOUND,
    ),
)

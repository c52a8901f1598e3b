"""Orders with their rounds, cards and programmes: one valid row each; call inside ``acting``."""

from datetime import date, timedelta

from portal.office.enums import Rank
from sanitation.enums.rectification import CardColour
from sanitation.models import (
    RectificationOrder,
    RectificationProgramme,
    RectificationRound,
    WarningCard,
)

DAY = date(2025, 3, 12)
LIMIT = timedelta(days=7)


def order(unit, community=None, number="整改〔2025〕1号", **fields) -> RectificationOrder:
    fields = {
        "occurred_on": DAY,
        "problem": "成堆垃圾 3 处",
        "place": "老桥桥头",
        "demand": "立即清除",
        "responsible": "彭建国",
        "working_days": 5,
    } | fields
    fields.setdefault("due_on", fields["occurred_on"] + LIMIT)
    return RectificationOrder.objects.create(
        unit=unit, community=community or unit, number=number, **fields
    )


def round_(order_, day=None, *, rechecked_on=None, **fields) -> RectificationRound:
    """Told by the community; with ``rechecked_on`` looked at again, and passed unless said."""
    day = day or order_.occurred_on + timedelta(days=1)
    if rechecked_on:
        fields = {"passed": True, "rechecker": "吴永刚", "opinion": "同意销号。"} | fields
    return RectificationRound.objects.create(
        order=order_,
        **{
            "unit": order_.community,
            "occurred_on": day,
            "content": "已清除垃圾，冲洗地面。",
            "reporter": "彭建国",
            "rechecked_on": rechecked_on,
        }
        | fields,
    )


def card(unit, community=None, **fields) -> WarningCard:
    fields = {
        "occurred_on": DAY,
        "colour": CardColour.YELLOW,
        "issuer": "长沙市爱国卫生运动委员会",
        "rank": Rank.CITY,
        "reason": "暗访发现成堆垃圾、陈年垃圾",
        "due_on": date(2025, 4, 12),
    } | fields
    return WarningCard.objects.create(unit=unit, community=community or unit, **fields)


def programme(unit, community=None, **fields) -> RectificationProgramme:
    fields = {
        "title": "环境卫生专项整改",
        "starts_on": date(2025, 3, 14),
        "street_duty": "镇里每天督查",
        "measures": "清除全部成堆垃圾，调整保洁制度。",
        "responsible": "彭建国",
    } | fields
    return RectificationProgramme.objects.create(unit=unit, community=community or unit, **fields)


def one_of_each(unit) -> None:
    """An order that was put right at the second time, a card and its programme."""
    made = order(unit, closed_on=date(2025, 3, 20), result="已清除", recheck_score="95.0")
    round_(made, date(2025, 3, 13), rechecked_on=date(2025, 3, 14), passed=False, opinion="再清理")
    round_(made, date(2025, 3, 18), rechecked_on=date(2025, 3, 20))
    order(unit, number="整改〔2025〕2号", place="集贸市场", problem="垃圾池满溢")
    given = card(unit, lifted_on=date(2025, 4, 2), lifted_for="复查合格", basis="考核办法")
    programme(
        unit,
        warning=given,
        ends_on=date(2025, 3, 31),
        result="成堆垃圾全部清除",
        recheck_score="92.5",
    )

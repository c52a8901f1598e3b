"""Orders with their rounds, cards and programmes: one valid row each; call inside ``acting``."""

from datetime import date, timedelta

from django.utils import timezone

from portal.office.enums import Rank
from sanitation.enums.rectification import CardColour
from sanitation.models import (
    RectificationOrder,
    RectificationProgramme,
    RectificationRound,
    WarningCard,
)

DAY = date(2025, 3, 12)
ONE = timedelta(days=1)
LIMIT = 7 * ONE
TODAY = timezone.localdate()


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


def one_of_each(unit, word: str = "桥头") -> dict:
    """An order that was put right at the second time, a card and its programme, by their ledgers."""
    made = order(
        unit, place=word, closed_on=date(2025, 3, 20), result="已清除", recheck_score="95.0"
    )
    failed = {"passed": False, "opinion": "再清理"}
    round_(made, date(2025, 3, 13), rechecked_on=date(2025, 3, 14), **failed)
    last = round_(made, date(2025, 3, 18), rechecked_on=date(2025, 3, 20), content=word)
    order(
        unit,
        number="整改〔2025〕2号",
        place="集贸市场",
        problem="垃圾池满溢",
        closed_on=date(2025, 3, 14),
        result="已清运",
        first_due_on=date(2025, 3, 14),
        extended_for="清运车检修",
    )
    given = card(
        unit, reason=word, lifted_on=date(2025, 4, 2), lifted_for="复查合格", basis="考核办法"
    )
    done = programme(
        unit,
        title=f"{word}专项整改",
        warning=given,
        ends_on=date(2025, 3, 31),
        result="成堆垃圾全部清除",
        recheck_score="92.5",
    )
    return {
        "rectification-orders": made,
        "rectification-rounds": last,
        "warning-cards": given,
        "rectification-programmes": done,
    }


# --- what each quality rule finds -----------------------------------------------------------------
def _late(unit):
    return order(unit, occurred_on=TODAY - 60 * ONE, due_on=TODAY - 40 * ONE)


def _never_rechecked(unit):
    made = order(unit, occurred_on=TODAY - 20 * ONE)
    round_(made)
    return made


def _passed_open(unit):
    made = order(unit, occurred_on=TODAY - 9 * ONE, due_on=TODAY)
    round_(made, rechecked_on=TODAY)
    return made


def _twice(unit):
    order(unit, occurred_on=TODAY - 5 * ONE)
    return order(unit, number="整改〔2025〕3号", occurred_on=TODAY - 4 * ONE)


def _fresh(unit, **fields):
    return order(unit, occurred_on=TODAY - 2 * ONE, **fields)


def _of_another_card(unit):
    """The card is another community's, which the form refuses; rows of other hands may say it."""
    elsewhere = type(unit).objects.filter(parent=unit.parent).exclude(pk=unit.pk).first()
    return programme(unit, warning=card(unit, elsewhere, due_on=TODAY + LIMIT))


BROKEN = {
    "sanitation.order_responsible": lambda unit: _fresh(unit, responsible=""),
    "sanitation.order_demand": lambda unit: _fresh(unit, demand=""),
    "sanitation.order_long_late": _late,
    "sanitation.order_not_rechecked": _never_rechecked,
    "sanitation.order_passed_open": _passed_open,
    "sanitation.order_closed_no_words": lambda unit: order(unit, closed_on=DAY),
    "sanitation.order_twice": _twice,
    "sanitation.card_deadline": lambda unit: card(unit, due_on=None, colour=CardColour.BLUE),
    "sanitation.card_lifted_words": lambda unit: card(unit, lifted_on=DAY),
    "sanitation.card_no_programme": card,
    "sanitation.programme_result": lambda unit: programme(unit, ends_on=DAY + 9 * ONE),
    "sanitation.programme_measures": lambda unit: programme(unit, measures=""),
    "sanitation.programme_other_card": _of_another_card,
}

"""What is due of orders and cards: to the community what it must do, to the keeper what waits for them."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from portal.today.days import told_late
from portal.workdays import after_workdays
from portal.worklists import Act, Group, Worklist, register, stepping
from sanitation.enums.rectification import OrderState
from sanitation.models import WarningCard
from sanitation.selectors.cards import SOON as CARD_SOON
from sanitation.selectors.rectification import SOON as ORDER_SOON
from sanitation.selectors.rectification import (
    issue_url,
    late_on,
    orders_about,
    orders_of,
    told_left,
    told_problem,
    without_order,
)
from sanitation.workflow import ANSWER, EDIT

ORDERS, CARDS = "rectification-orders", "warning-cards"
SERIOUS_WITHIN = timedelta(days=30)  # older ones are history


def by_deadline(rows):
    return rows.order_by("due_on", "pk")


def to_do(units):
    """To be put right by the communities, whatever the deadline."""
    return orders_about(units).filter(state__in=[OrderState.OPEN, OrderState.AGAIN])


def due_soon(units):
    today = timezone.localdate()
    return by_deadline(
        to_do(units).filter(due_on__range=(today, after_workdays(today, ORDER_SOON)))
    )


def late_about(units):
    return by_deadline(to_do(units).filter(due_on__lt=timezone.localdate()))


def failed(units):
    """Rechecked and not passed, with time left: those that are late or due stand in their own lists."""
    after = after_workdays(timezone.localdate(), ORDER_SOON)
    return by_deadline(orders_about(units).filter(state=OrderState.AGAIN, due_on__gt=after))


def not_due_yet(units):
    """Open, and due later than those of the other lists."""
    after = after_workdays(timezone.localdate(), ORDER_SOON)
    return by_deadline(orders_about(units).filter(state=OrderState.OPEN, due_on__gt=after))


def to_recheck(units):
    return orders_of(units).filter(state=OrderState.REPORTED).order_by("last_day", "pk")


def late_of(units):
    """What communities owe the keeper; an own order of a community stands in its other list."""
    rows = orders_of(units).filter(late_on(timezone.localdate()), closed_on__isnull=True)
    return by_deadline(rows.exclude(unit=F("community")))


def serious_without_order(units):
    since = timezone.localdate() - SERIOUS_WITHIN
    rows = without_order(units).filter(is_serious=True, occurred_on__gte=since)
    return rows.order_by("occurred_on", "pk")


def cards_due(rows):
    """Standing ones whose deadline is past or near."""
    near = timezone.localdate() + timedelta(days=CARD_SOON)
    rows = rows.filter(lifted_on__isnull=True, due_on__lte=near)
    return rows.select_related("community").order_by("due_on", "pk")


def cards_about(units):
    return cards_due(WarningCard.objects.kept().filter(community__in=units))


def cards_of(units):
    rows = WarningCard.objects.kept().filter(unit__in=units)
    return cards_due(rows.exclude(unit=F("community")))


def told(order) -> str:
    return f"{order.community}：{order.problem}"


def told_card(card) -> str:
    return f"{card.community} {card.get_colour_display()}：{card.reason}"


def left_of_card(card) -> str:
    return told_late(card.due_on, timezone.localdate()) or f"限 {card.due_on}"


def about(code, title, rows, **more) -> Worklist:
    """Orders that a community is to see to; their deadline is the day that stands on them."""
    return Worklist(
        f"sanitation.{code}",
        title,
        ANSWER,
        rows,
        ORDERS,
        told,
        told_left,
        **{"day": "due_on", "place": "community", "act": REPORT, **more},
    )


REPORT = stepping("报告整改", "rectification-report")

register(
    about("orders_late", "超期未整改", late_about),
    about("orders_due", "两个工作日内到期的整改单", due_soon),
    about("orders_failed", "复查未通过，继续整改", failed, group=Group.BACK),
    about("orders_open", "待整改", not_due_yet),
    Worklist(
        "sanitation.orders_to_recheck",
        "已报告整改，待复查",
        EDIT,
        to_recheck,
        ORDERS,
        told,
        lambda order: f"{order.last_day} 报告",
        group=Group.DECIDE,
        act=stepping("复查", "rectification-recheck"),
    ),
    Worklist(
        "sanitation.orders_late_kept",
        "社区超期未整改",
        EDIT,
        late_of,
        ORDERS,
        told,
        told_left,
        day="due_on",
        act=stepping("延期", "rectification-extend"),
    ),
    Worklist(
        "sanitation.findings_without_order",
        "严重问题待下达整改单",
        EDIT,
        serious_without_order,
        ORDERS,
        lambda finding: f"{finding.community}：{told_problem(finding)}",
        lambda finding: f"{finding.occurred_on} 发现",
        address=lambda finding: issue_url(finding=finding.pk),
        all_of_them=issue_url,
        group=Group.MEND,
        act=Act("下达", lambda finding: issue_url(finding=finding.pk)),
    ),
    Worklist(
        "sanitation.cards_due",
        "警告牌将到整改期限",
        ANSWER,
        cards_about,
        CARDS,
        told_card,
        left_of_card,
        day="due_on",
        place="community",
        act=Act("看要求", page="detail"),
    ),
    Worklist(
        "sanitation.cards_due_kept",
        "社区警告牌将到整改期限",
        EDIT,
        cards_of,
        CARDS,
        told_card,
        left_of_card,
        day="due_on",
        act=stepping("销牌", "warning-card-lift"),
    ),
)

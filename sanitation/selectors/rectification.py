"""Where an order stands, by its rounds; which orders are late; which findings still ask for one."""

from datetime import date, timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.scope import access_of
from portal.today.days import told_late
from portal.workdays import after_workdays, calendar
from sanitation.enums.rectification import OrderState, OrderTiming
from sanitation.models import Finding, RectificationOrder, RectificationRound
from sanitation.workflow import ANSWER, ORDER

SOON = 2  # working days
LATELY = timedelta(days=31)
WEEKDAYS = "一二三四五六日"


def rounds_of(order) -> list[RectificationRound]:
    """The kept rounds of an order in their order."""
    return list(order.rounds.kept().select_related("recorded_by").order_by("occurred_on", "pk"))


def last_round(order) -> RectificationRound | None:
    return order.rounds.kept().order_by("occurred_on", "pk").last()


def state_after(closed_on: date | None, last: RectificationRound | None) -> OrderState:
    """The state of an order that closed on that day and whose last round was this."""
    if closed_on:
        return OrderState.CLOSED
    if last is None:
        return OrderState.OPEN
    return OrderState.AGAIN if last.passed is False else OrderState.REPORTED


def with_state(rows):
    """Orders with ``state``, and the day and result of their last round, by the same rule."""
    last = RectificationRound.objects.kept().filter(order=OuterRef("pk"))
    last = last.order_by("-occurred_on", "-pk")
    return rows.annotate(
        last_day=Subquery(last.values("occurred_on")[:1]),
        last_passed=Subquery(last.values("passed")[:1]),
    ).annotate(
        state=Case(
            When(closed_on__isnull=False, then=Value(OrderState.CLOSED)),
            When(last_day__isnull=True, then=Value(OrderState.OPEN)),
            When(last_passed=False, then=Value(OrderState.AGAIN)),
            default=Value(OrderState.REPORTED),
            output_field=CharField(),
        )
    )


def state_of(order) -> OrderState:
    """By the annotation where the order came with it, else asked for."""
    known = getattr(order, "state", None)
    return OrderState(known) if known else state_after(order.closed_on, last_round(order))


def may_take(order, name: str, user) -> bool:
    """Whether the user's roles allow the step there; the state is another question."""
    who = ORDER.steps[name].who
    unit = order.community_id if who == ANSWER else order.unit_id
    return access_of(user).may(who, unit)


def steps_open_to(order, user) -> dict:
    """The steps that the user may take from the order's state; only what a recheck closed is reopened."""
    steps = ORDER.steps_from(state_of(order))
    found = {name: step for name, step in steps.items() if may_take(order, name, user)}
    if "reopen" in found and not _closed_by_recheck(order):
        del found["reopen"]
    return found


def _closed_by_recheck(order) -> bool:
    if hasattr(order, "last_passed"):
        return bool(order.last_passed)
    last = last_round(order)
    return bool(last and last.passed)


def is_late(order, today: date | None = None) -> bool:
    """Past its deadline, not closed, and no report of by then waits for the street's recheck."""
    if order.closed_on or order.due_on >= (today or timezone.localdate()):
        return False
    if state_of(order) != OrderState.REPORTED:
        return True
    day = order.last_day if hasattr(order, "last_day") else last_round(order).occurred_on
    return day > order.due_on


# --- conditions -----------------------------------------------------------------------------------
def waiting_on(day: date) -> Exists:
    """The community reported by the deadline, and nobody had rechecked it on the day."""
    rows = RectificationRound.objects.kept().filter(
        Q(rechecked_on__isnull=True) | Q(rechecked_on__gt=day),
        order=OuterRef("pk"),
        occurred_on__lte=OuterRef("due_on"),
    )
    return Exists(rows)


def late_on(day: date) -> Q:
    """Of orders not closed on the day: those that were late."""
    return Q(due_on__lt=day) & ~Q(waiting_on(day))


def in_time() -> Q:
    """Closed in time: reported by the deadline in the round that passed, or closed by it. A late
    recheck is not the community's."""
    passed = RectificationRound.objects.kept().filter(
        order=OuterRef("pk"), passed=True, occurred_on__lte=OuterRef("due_on")
    )
    return Q(closed_on__isnull=False) & (Q(closed_on__lte=F("due_on")) | Q(Exists(passed)))


def is_in_time(order) -> bool:
    if order.closed_on is None:
        return False
    passed = order.rounds.kept().filter(passed=True, occurred_on__lte=order.due_on)
    return order.closed_on <= order.due_on or passed.exists()


def of_timing(rows, timing: str):
    """The late ones, or those to be done within two working days."""
    today = timezone.localdate()
    rows = rows.filter(closed_on__isnull=True)
    if timing == OrderTiming.LATE:
        return rows.filter(late_on(today))
    return rows.filter(due_on__range=(today, after_workdays(today, SOON)))


# --- deadlines ------------------------------------------------------------------------------------
def due_day(day: date, working_days: int) -> date:
    """The last of so many working days; the day of issue itself does not count."""
    return after_workdays(day, working_days)


def told_deadline(due_on: date) -> str:
    """2026-03-20（周五）, and 暂定 where the year's notice of holidays is not out yet."""
    told = f"{due_on}（周{WEEKDAYS[due_on.weekday()]}）"
    return told if calendar().is_settled(due_on.year) else f"{told}，暂定"


def told_left(order, today: date | None = None) -> str:
    """还有 3 天, 今天到期, 超期 4 天; "" of a closed one."""
    if order.closed_on:
        return ""
    today = today or timezone.localdate()
    if late := told_late(order.due_on, today):
        return late
    days = (order.due_on - today).days
    return f"还有 {days} 天" if days else "今天到期"


# --- findings -------------------------------------------------------------------------------------
def without_order(units):
    """Findings of opened inspections kept by these units that have no order; a repeated one has its
    order with the finding that counts."""
    repeated = RectificationOrder.objects.kept().filter(finding__same_as=OuterRef("pk"))
    rows = Finding.objects.kept().filter(
        ~Exists(repeated), unit__in=units, is_open=True, same_as__isnull=True, order__isnull=True
    )
    related = ("community", "inspection", "fault", "point", "grid")
    return rows.select_related(*related).order_by("community__code", "-occurred_on", "pk")


def to_issue(units):
    """Of those, what was found of late, serious ones first: older ones are issued from their inspection."""
    since = timezone.localdate() - LATELY
    rows = without_order(units).filter(occurred_on__gte=since)
    return rows.order_by("-is_serious", "-occurred_on", "-pk")


def told_problem(finding) -> str:
    """成堆垃圾 3 处：桥头两侧. Never whose home it is."""
    told = f"{finding.get_problem_display()} {finding.occurrences} 处"
    return f"{told}：{finding.description}"[:200] if finding.description else told


def told_place(finding) -> str:
    parts = [finding.grid.name if finding.grid else "", finding.point and finding.point.name]
    return " ".join(filter(None, [*parts, finding.place]))[:80]


def orders_of(units) -> object:
    """Kept orders of these units, with their state."""
    rows = RectificationOrder.objects.kept().filter(unit__in=units)
    return with_state(rows).select_related("community", "unit")


def orders_about(units) -> object:
    """Kept orders about these communities, with their state."""
    rows = RectificationOrder.objects.kept().filter(community__in=units)
    return with_state(rows).select_related("community", "unit")


# --- addresses ------------------------------------------------------------------------------------
def step_url(name: str, order) -> str:
    return reverse(f"rectification-{name}", args=[order.pk])


def issue_url(**asked) -> str:
    """The page on which orders are issued: ``inspection=5`` or ``finding=5`` narrows it."""
    query = f"?{urlencode(asked)}" if asked else ""
    return reverse("rectification-issue") + query

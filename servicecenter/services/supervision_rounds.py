"""督办 by itself: raised where a case gives cause, stepped up where nothing helps, closed when it is over.

To be run as often as one likes: what is open is not raised again, which a constraint guarantees.
"""

from collections import Counter
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import Scope, above, scope
from portal.workdays import calendar
from servicecenter.enums.supervision import (
    SupervisionLevel,
    SupervisionState,
    SupervisionTrigger,
)
from servicecenter.models import Supervision
from servicecenter.selectors.ratings import bad_without_redress
from servicecenter.selectors.supervision import giving_cause, lasting, next_level, target_of
from servicecenter.services import loops
from servicecenter.services.news import tell_supervised
from servicecenter.services.ratings import open_redress

L, S, T = SupervisionLevel, SupervisionState, SupervisionTrigger
ASKS = {
    T.UNASSIGNED: "承诺期限临近，还没有派办，请当天派办。",
    T.OVERDUE: "已超过承诺办结日期，请说明原因并尽快办结。",
    T.BAD_RATING: "申请人给了差评，请回访核实并整改。",
    T.PAUSED: "停钟已超过10天，请核对挂起的依据，能恢复的尽快恢复办理。",
    T.UNREPLIED: "办结已超过2个工作日，请尽快回复申请人。",
}
OVER = {
    T.UNASSIGNED: "已派办",
    T.OVERDUE: "不再超期",
    T.BAD_RATING: "差评整改已办结",
    T.PAUSED: "已恢复办理",
    T.UNREPLIED: "已回复",
}
CASE = ("case__item__item", "case__unit", "case__handler", "case__station", "case__agent", "unit")


def run_everywhere(actor: str, today: date | None = None) -> Counter:
    """All units, each in a scope and a transaction of its own; ``actor`` is job:… or command:…"""
    done = Counter(raised=0, closed=0, escalated=0)
    units = list(Unit.objects.exclude(kind=UnitKind.GRID).order_by("pk"))
    for unit in units:
        with scope(Scope(frozenset({unit.pk}), above([unit.pk]), actor)):
            done.update(run(unit, today or timezone.localdate()))
    return done


def run(unit, today: date) -> dict[str, int]:
    """One unit, within its scope: open the redress of bad ratings that came by link, close what is
    over, raise what is new, step up what waited."""
    for rating in bad_without_redress([unit.pk]):
        open_redress(rating)
    causes = lasting([unit.pk], today)
    closed = _close_resolved(unit, causes, today)
    raised = _raise_new(unit, today)
    return {"closed": closed, "raised": raised, "escalated": _step_up(unit, today)}


def _open(unit):
    rows = Supervision.objects.kept().filter(unit=unit).exclude(state=S.CLOSED)
    return rows.select_related(*CASE).order_by("pk")


def _close_resolved(unit, causes, today) -> int:
    closed = 0
    for trigger, cases in causes.items():
        over = _open(unit).filter(trigger=trigger).exclude(case__in=cases.values("pk"))
        for each in over:
            told = f"{OVER[trigger]}，自动销号；办件现为“{each.case.get_state_display()}”。"
            closed += _take(each, "close", {"closed_on": today, "closing": told})
    return closed


def _raise_new(unit, today) -> int:
    before = set(Supervision.objects.filter(unit=unit).values_list("pk", flat=True))
    for trigger, cases in giving_cause([unit.pk], today).items():
        there = _open(unit).filter(trigger=trigger).order_by().values("case")
        new = cases.exclude(pk__in=there).select_related("unit", "handler", "station", "agent")
        Supervision.objects.bulk_create(
            [
                Supervision(
                    unit=unit,
                    grid_id=case.grid_id,
                    case=case,
                    trigger=trigger,
                    occurred_on=today,
                    level_on=today,
                    target=target_of(case),
                    ask=ASKS[trigger],
                    reply_by=loops.reply_by(today),
                )
                for case in new.order_by("pk")
            ],
            ignore_conflicts=True,
        )
    raised = Supervision.objects.filter(unit=unit).exclude(pk__in=before)
    found = list(raised.select_related(*CASE, "case__handler__user").order_by("pk"))
    for supervision in found:
        tell_supervised(supervision)
    return len(found)


def _step_up(unit, today) -> int:
    """One level for what was not answered within the days, or was answered and did not help."""
    known, days, moved = calendar(), settings.SUPERVISION_STEP_DAYS, 0
    for each in _open(unit).exclude(level=L.STREET):
        answered = each.state == S.ANSWERED
        if answered and each.trigger == T.BY_HAND:
            continue  # the supervisor is to say whether the answer will do
        since = max(each.level_on, each.replied_on or each.level_on)
        if not next_level(each) or known.after(since, days) >= today:
            continue
        reason = f"答复后{days}个工作日原因还在" if answered else f"{days}个工作日没有答复"
        moved += _take(each, "escalate", {"urged_on": today, "urge": f"{reason}，升级督办。"})
    return moved


def _take(supervision, name: str, values: dict) -> bool:
    """Whether the step was taken; not where somebody else was first."""
    try:
        with transaction.atomic():
            loops.go(supervision, name, values, by=None)
    except StaleRecord:
        return False
    return True

"""指标 of cases in progress at the period's end, by where they stood then, though they went on since."""

from django.db.models import Case as Choice
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models import When as If
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from portal.figures import register
from portal.figures.categories import DerivedCategory
from servicecenter.enums.cases import CaseState, Light
from servicecenter.figures.base import ratio, stock
from servicecenter.figures.categories import CASES, DECIDED
from servicecenter.models import Case, CasePause, CaseStep
from servicecenter.workflow import RUNNING

STATES = {state: CaseState(state).label for state in CaseState if state in RUNNING}
LIGHTS = {Light.GREEN: "未到期", Light.RED: Light.RED.label, Light.STOPPED: Light.STOPPED.label}


def state_then(period):
    """The running state in which the period's last day left the case: by its steps; of a case that was
    brought in without them, by its pauses and days."""
    steps = CaseStep.objects.filter(
        case=OuterRef("pk"),
        deleted_at__isnull=True,
        occurred_on__lte=period.end,
        target__in=sorted(RUNNING),
    ).order_by("-occurred_on", "-recorded_at", "-pk")
    paused = CasePause.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=period.end),
        case=OuterRef("pk"),
        deleted_at__isnull=True,
        starts_on__lte=period.end,
    )
    by_days = Choice(
        If(Exists(paused), then=Value(CaseState.PAUSED)),
        If(state__in=sorted(RUNNING), then=F("state")),
        If(street_received_on__lte=period.end, then=Value(CaseState.AT_STREET)),
        If(sent_up_on__lte=period.end, then=Value(CaseState.SENT_UP)),
        default=Value(CaseState.HANDLING),
        output_field=CharField(),
    )
    return Coalesce(Subquery(steps.values("target")[:1]), by_days)


def in_state(state):
    return lambda period: Q(accepted_on__isnull=False) & Q(Exact(state_then(period), Value(state)))


def overdue(period) -> Q:
    paused = Q(Exact(state_then(period), Value(CaseState.PAUSED)))
    return Q(accepted_on__isnull=False, due_on__lt=period.end) & ~paused


def light_then(period):
    return Choice(
        If(Exact(state_then(period), Value(CaseState.PAUSED)), then=Value(Light.STOPPED)),
        If(due_on__lt=period.end, then=Value(Light.RED)),
        default=Value(Light.GREEN),
        output_field=CharField(),
    )


IN_PROGRESS = CASES | {
    "state": DerivedCategory("期末状态", "state_then", STATES, expression=state_then),
    "light": DerivedCategory("时限", "light_then", LIGHTS, expression=light_then),
}


def in_progress(code, label, definition, keywords=(), **options):
    """Of the cases accepted by the period's end and not decided by then."""
    options = {"where": Q(accepted_on__isnull=False), "categories": IN_PROGRESS} | options
    return stock(
        code,
        label,
        "件",
        definition,
        keywords,
        model=Case,
        starts="accepted_on",
        ends="decided_on",
        **options,
    )


register(
    in_progress(
        "in_progress",
        "期末在办",
        "到期末已受理、没有办结的件数；期后办结的，期末仍是在办。",
        ("在办",),
    ),
    *(
        in_progress(
            f"in_progress_{state}",
            f"期末{label}",
            f"期末在办的件数中，期末状态为“{label}”的。",
            (label,),
            where=in_state(state),
        )
        for state, label in STATES.items()
    ),
    in_progress(
        "overdue",
        "期末超期",
        "期末在办的件数中，承诺办结日期早于期末、没有停钟的。",
        ("超期",),
        where=overdue,
    ),
    ratio(
        "overdue_rate",
        "在办超期率",
        "期末超期 ÷ 期末在办。",
        ("超期率",),
        of="overdue",
        among="in_progress",
        categories=IN_PROGRESS,
    ),
    stock(
        "unreplied",
        "已办结未回复",
        "件",
        "到期末已办结、没有回复申请人的件数。",
        ("未回复",),
        model=Case,
        where=Q(decided_on__isnull=False),
        starts="decided_on",
        ends="replied_on",
        categories=DECIDED,
    ),
)

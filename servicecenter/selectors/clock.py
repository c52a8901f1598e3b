"""Where the clock of a case stands: its reckoning, its light, and which cases are at risk."""

from datetime import date

from django.conf import settings
from django.db.models import Case as When_
from django.db.models import CharField, F, Q, QuerySet, Value, When

from portal.workdays import calendar
from servicecenter.clock import Pause, Reckoning, reckon
from servicecenter.enums.cases import CaseState, Light
from servicecenter.models import Case
from servicecenter.workflow import RUNNING

# Limits beyond a year of working days are judged as those of a year.
LONGEST = 260
TICKING = RUNNING - {CaseState.PAUSED}


def pauses_of(case) -> list[Pause]:
    """Those that are kept; asks nothing where ``pauses`` are prefetched."""
    found = [
        Pause(pause.starts_on, pause.ends_on, pause.get_reason_display())
        for pause in case.pauses.all()
        if pause.deleted_at is None
    ]
    return sorted(found, key=lambda pause: pause.starts_on)


def reckoning_of(case, by=None) -> Reckoning | None:
    """How the due date of the case follows from the calendar (``by``, else the present one); None
    before it is accepted."""
    if case.clock_from is None:
        return None
    return reckon(case.clock_from, case.limit_days, pauses_of(case), by or calendar())


def due_of(case, by=None) -> date | None:
    """The day on which the case is due; None while the clock is stopped or before it is accepted."""
    if case.state == CaseState.PAUSED:
        return None
    reckoning = reckoning_of(case, by)
    return reckoning and reckoning.due


def _left_at_most(percent: int, limit: int) -> int:
    return min(limit, LONGEST) * percent // 100


def light_of(case, today: date) -> Light | None:
    """The light of an open case, by its stored due date; None where no clock runs (yet, or any more)."""
    if case.state == CaseState.PAUSED:
        return Light.STOPPED
    if case.state not in TICKING or case.due_on is None:
        return None
    if case.due_on < today:
        return Light.RED
    near = max(
        settings.CASE_YELLOW_DAYS, _left_at_most(settings.CASE_YELLOW_PERCENT, case.limit_days)
    )
    left = calendar().between(today, case.due_on)
    return Light.YELLOW if left <= near else Light.GREEN


def with_light(queryset: QuerySet, today: date) -> QuerySet:
    """The cases with ``light`` as ``light_of`` has it; '' where there is none."""
    ticks = Q(state__in=sorted(TICKING), due_on__isnull=False)
    is_near = _left_within(today, settings.CASE_YELLOW_PERCENT, settings.CASE_YELLOW_DAYS)
    return queryset.alias(limit_of_days=F("promised_days") + F("extended_days")).annotate(
        light=When_(
            When(state=CaseState.PAUSED, then=Value(Light.STOPPED.value)),
            When(ticks & Q(due_on__lt=today), then=Value(Light.RED.value)),
            When(ticks & is_near, then=Value(Light.YELLOW.value)),
            When(ticks, then=Value(Light.GREEN.value)),
            default=Value(""),
            output_field=CharField(),
        )
    )


def overdue(queryset: QuerySet, today: date) -> QuerySet:
    """Open cases whose time has run out."""
    return queryset.filter(state__in=sorted(TICKING), due_on__lt=today)


def at_risk(queryset: QuerySet, today: date) -> QuerySet:
    """Open cases that have used most of their time (80 % unless set otherwise) and are not overdue."""
    is_near = _left_within(today, 100 - settings.CASE_RISK_PERCENT, 0)
    queryset = queryset.alias(limit_of_days=F("promised_days") + F("extended_days"))
    return queryset.filter(is_near, state__in=sorted(TICKING), due_on__gte=today)


def _left_within(today: date, percent: int, least: int) -> Q:
    """That no more working days are left than ``percent`` of the limit, or than ``least``: one bound for
    each number of days, because the database does not know the calendar."""
    known = calendar()
    day = known.after(today, least + 1)  # more than ``least`` days are left from this one on
    found = Q(due_on__lt=day)
    for left in range(least + 1, _left_at_most(percent, LONGEST) + 1):
        day = known.after(day, 1)
        found |= Q(limit_of_days__gte=-(-left * 100 // percent), due_on__lt=day)
    return found


def open_cases(units) -> QuerySet:
    """The cases of these units whose clock runs."""
    return Case.objects.kept().filter(unit__in=units, state__in=sorted(TICKING))

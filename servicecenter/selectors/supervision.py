"""Which cases give cause for 督办, and whom it is addressed to (domain §2.5)."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from portal.models.units import UnitKind
from portal.workdays import calendar
from servicecenter.enums.cases import CaseState, Light
from servicecenter.enums.loops import REDRESS_OPEN
from servicecenter.enums.supervision import SupervisionLevel, SupervisionTrigger
from servicecenter.models import Case, CasePause, Redress
from servicecenter.selectors.clock import overdue, with_light

L, T = SupervisionLevel, SupervisionTrigger
PAUSED_LONG = timedelta(days=10)
UNREPLIED_LONG = 2  # working days
NEXT_LEVEL = {L.HANDLER: L.HEAD, L.HEAD: L.STREET}


def target_of(case, level: str = L.HANDLER) -> str:
    """Who is to answer at that level, in words."""
    if level == L.HEAD:
        return f"{case.unit}负责人"
    if level == L.STREET:
        return "街道分管负责人"
    if case.state in (CaseState.SENT_UP, CaseState.AT_STREET):
        return "街道承办科室"
    known = (case.handler, case.station, case.agent)
    return next((str(each) for each in known if each), f"{case.unit}窗口")


def next_level(supervision) -> str:
    """One step up the ladder; "" at its top. What the street itself handles has no community head."""
    if supervision.unit.kind == UnitKind.STREET and supervision.level == L.HANDLER:
        return L.STREET
    return NEXT_LEVEL.get(supervision.level, "")


def lasting(units, today: date) -> dict[str, QuerySet]:
    """By trigger the cases of these units whose cause for 督办 is still there."""
    cases = Case.objects.kept().filter(unit__in=units)
    bad = Redress.objects.kept().filter(rating__case=OuterRef("pk"), state__in=REDRESS_OPEN)
    return {
        T.UNASSIGNED: cases.filter(state=CaseState.ACCEPTED),
        T.OVERDUE: overdue(cases, today),
        T.BAD_RATING: cases.filter(Exists(bad)),
        T.PAUSED: cases.filter(state=CaseState.PAUSED),
        T.UNREPLIED: cases.filter(state=CaseState.DECIDED),
    }


def giving_cause(units, today: date) -> dict[str, QuerySet]:
    """By trigger the cases of these units that are to be supervised from ``today`` on."""
    found = lasting(units, today)
    long_paused = CasePause.objects.kept().filter(
        case=OuterRef("pk"), ends_on__isnull=True, starts_on__lt=today - PAUSED_LONG
    )
    yellow = with_light(found[T.UNASSIGNED], today).filter(light=Light.YELLOW)
    return {
        T.UNASSIGNED: yellow,
        T.OVERDUE: found[T.OVERDUE],
        T.BAD_RATING: found[T.BAD_RATING],
        T.PAUSED: found[T.PAUSED].filter(Exists(long_paused)),
        T.UNREPLIED: found[T.UNREPLIED].filter(decided_on__lt=workdays_before(today)),
    }


def workdays_before(today: date, count: int = UNREPLIED_LONG) -> date:
    """The first day from which no more than ``count`` working days passed before ``today``."""
    known, day = calendar(), today - timedelta(days=1)
    while known.after(day, count) >= today:
        day -= timedelta(days=1)
    return day + timedelta(days=1)

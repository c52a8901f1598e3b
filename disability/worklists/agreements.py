"""What is due of agreements: those that run out, those of the dead, and services still owed."""

from calendar import monthrange
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from disability.enums.services import AgreementState, Every
from disability.models import RehabAgreement
from portal.worklists import Group, Worklist, adding, ledger_step, register

AHEAD = timedelta(days=30)
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


def span_of(every: str, day: date) -> tuple[date, date]:
    """First and last day of the calendar month, quarter or year that the day lies in."""
    length = MONTHS[Every(every)]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])


def pressing(every: str, day: date) -> bool:
    """Whether two thirds of the span have gone, so that what is owed must be done now."""
    first, last = span_of(every, day)
    return (day - first).days * 3 >= (last - first).days * 2


def in_force(units):
    return RehabAgreement.objects.in_force().filter(unit__in=units)


def running_out(units):
    today = timezone.localdate()
    rows = in_force(units).filter(
        ends_on__lte=today + AHEAD, state=AgreementState.IN_FORCE, resident__died_on__isnull=True
    )
    return rows.select_related("resident", "provider").order_by("ends_on", "pk")


def of_the_dead(units):
    rows = in_force(units).filter(resident__died_on__isnull=False)
    return rows.select_related("resident", "provider").order_by("resident__died_on", "pk")


def owed(units):
    """Fewer services than agreed in the running month, quarter or year, of which little is left."""
    today, behind = timezone.localdate(), Q(pk__in=[])
    rows = in_force(units).filter(times__isnull=False, resident__died_on__isnull=True)
    for every in Every:
        first, _ = span_of(every, today)
        had = Count(
            "services",
            filter=Q(services__occurred_on__gte=first, services__deleted_at__isnull=True),
        )
        rows = rows.annotate(**{f"had_{every}": had})
        if pressing(every, today):
            behind |= Q(every=every, times__gt=F(f"had_{every}"), starts_on__lte=first)
    rows = rows.filter(behind)
    return rows.select_related("resident", "provider").order_by("every", "pk")


def still_owed(agreement) -> str:
    had = getattr(agreement, f"had_{agreement.every}")
    span = {Every.MONTH: "本月", Every.QUARTER: "本季度", Every.YEAR: "本年"}[
        Every(agreement.every)
    ]
    return f"{span}约定 {agreement.times} 次，已服务 {had} 次"


register(
    Worklist(
        "disability.agreement_running_out",
        "康复签约 30 天内到期",
        "disability.view",
        running_out,
        ledger="rehab-agreements",
        text=str,
        due=lambda row: f"{row.ends_on} 到期",
        day="ends_on",
        act=adding("续签", "rehab-agreements", resident="resident_id", provider="provider_id"),
    ),
    Worklist(
        "disability.agreement_of_dead",
        "签约人已去世，康复签约还在履行",
        "disability.view",
        of_the_dead,
        ledger="rehab-agreements",
        text=str,
        due=lambda row: f"{row.resident.died_on} 去世",
        group=Group.MEND,
        act=ledger_step("终止", "rehab-agreements", "end"),
    ),
    Worklist(
        "disability.agreement_owed",
        "约定的服务次数还没有做够",
        "disability.view",
        owed,
        ledger="rehab-agreements",
        text=str,
        due=still_owed,
        group=Group.MEND,
        act=adding("登记服务", "rehab-services", resident="resident_id", agreement="pk"),
    ),
)

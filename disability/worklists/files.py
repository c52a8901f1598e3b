"""What is due in disability work; where a figure exists, exactly the rows that it counts."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from disability.enums.applications import Business
from disability.models import Certificate
from portal.figures.engine import evidence
from portal.ledgers.listing import all_dates
from portal.periods import Period
from portal.worklists import Act, Group, Worklist, adding, editing, register
from residents.worklists import days_waited, long_pending


def expiring(units):
    """Certificates in use that run out within 12 months, or already have (domain §1.5.2)."""
    until = a_year_after(timezone.localdate())
    rows = Certificate.objects.kept().filter(
        unit__in=units, ended_on__isnull=True, expires_on__lte=until
    )
    return rows.select_related("resident").order_by("expires_on", "pk")


def a_year_after(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        day -= timedelta(days=1)
    return day.replace(year=day.year + 1)


def expiry(certificate) -> str:
    ran_out = certificate.expires_on < timezone.localdate()
    return f"{certificate.expires_on}{'（已过期）' if ran_out else ''}"


def renewal(certificate) -> str:
    known = urlencode({"resident": certificate.resident_id, "business": Business.RENEW})
    return f"{reverse('ledger-add', args=['certificate-applications'])}?{known}"


def without_amount(units):
    rows = evidence("disability.assistance_without_amount", units, all_dates())
    return rows.select_related("resident").order_by("occurred_on", "pk")


def pending_insurance(units):
    return long_pending("disability.insurance_pending", units)


def not_visited(units):
    """Open files of people whom this year's coverage does not count yet."""
    today = timezone.localdate()
    so_far = Period(date(today.year, 1, 1), today)
    met = evidence("disability.visited_registered", units, so_far).filter(
        resident=OuterRef("resident"), unit=OuterRef("unit")
    )
    rows = evidence("disability.registered", units, so_far).filter(~Exists(met))
    return rows.select_related("resident").order_by("opened_on", "pk")


register(
    Worklist(
        "disability.expiring",
        "残疾人证 12 个月内到期或已过期",
        "disability.view",
        expiring,
        ledger="certificates",
        text=str,
        due=expiry,
        day="expires_on",
        act=Act("换领", renewal),
    ),
    Worklist(
        "disability.without_amount",
        "残疾人慰问金额未填",
        "disability.view",
        without_amount,
        ledger="disability-assistance",
        text=lambda row: f"{row.resident.name}：{row.giver}",
        due=lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=editing("补填金额"),
    ),
    Worklist(
        "disability.pending_insurance",
        "医保资助办理中超过 30 天",
        "disability.view",
        pending_insurance,
        ledger="insurance-help",
        text=lambda row: row.resident.name,
        due=days_waited,
        group=Group.MEND,
        act=editing("登记结果"),
    ),
    Worklist(
        "disability.not_visited",
        "在册残疾人本年尚未走访",
        "disability.view",
        not_visited,
        ledger="disability-files",
        text=lambda row: row.resident.name,
        group=Group.MEND,
        act=adding("登记走访", "disability-visits", resident="resident_id"),
    ),
)

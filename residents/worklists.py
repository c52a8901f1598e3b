"""What is due in the shared facts that count as residents' work."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from portal.figures.engine import evidence
from portal.ledgers.listing import all_dates
from portal.worklists import Worklist, register
from residents.models import Assistance

OURS = Q(domains__contains=["residents"])
PATIENCE = timedelta(days=30)


def long_pending(code: str, units):
    """Rows of the figure ``code`` that were applied for more than 30 days ago, the oldest first."""
    before = timezone.localdate() - PATIENCE
    rows = evidence(code, units, all_dates()).filter(occurred_on__lt=before)
    return rows.select_related("resident").order_by("occurred_on", "pk")


def days_waited(application) -> str:
    return f"已 {(timezone.localdate() - application.occurred_on).days} 天"


def applications(units):
    return long_pending("applications.pending", units).filter(OURS)


def without_amount(units):
    rows = Assistance.objects.kept().filter(OURS, unit__in=units, amount__isnull=True)
    return rows.select_related("resident").order_by("occurred_on", "pk")


register(
    Worklist(
        "residents.long_pending",
        "申请办理中超过 30 天",
        "residents.view",
        applications,
        ledger="applications",
        text=lambda row: f"{row.resident.name}：{row.get_kind_display()}",
        due=days_waited,
    ),
    Worklist(
        "residents.without_amount",
        "慰问救助金额未填",
        "residents.view",
        without_amount,
        ledger="assistance",
        text=lambda row: f"{row.resident.name}：{row.get_kind_display()}",
        due=lambda row: f"{row.occurred_on}",
    ),
)

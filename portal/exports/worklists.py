"""What waits for an approver: requests for full numbers."""

from django.urls import reverse

from portal.exports.requests import approvable_by
from portal.exports.workflow import RequestState
from portal.ledgers.registry import ledgers
from portal.models import ExportRequest
from portal.worklists import Worklist, register


def waiting(units):
    rows = ExportRequest.objects.filter(state=RequestState.REQUESTED, unit__in=units)
    return rows.select_related("requester").order_by("requested_at", "pk")


register(
    Worklist(
        "portal.export_requests",
        "完整号码导出申请待审批",
        "exports.approve",
        waiting,
        ledger="",
        text=lambda row: f"{row.requester.name}：{ledgers[row.ledger].title} {row.rows} 条",
        due=lambda row: f"{row.requested_at:%m-%d}",
        address=lambda row: reverse("export-request", args=[row.pk]),
        all_of_them=lambda: reverse("export-request-list"),
        for_user=approvable_by,
    )
)

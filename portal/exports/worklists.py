"""Requests for full numbers: what waits for an approver, and what became of one's own."""

from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from portal.exports.requests import approvable_by
from portal.exports.workflow import RequestState
from portal.ledgers.registry import ledgers
from portal.models import ExportRequest
from portal.worklists import Act, Group, Worklist, register

LATELY = timedelta(days=14)  # how long a refusal is told


def _rows(units, **conditions):
    rows = ExportRequest.objects.filter(unit__in=units, **conditions)
    return rows.select_related("requester").order_by("requested_at", "pk")


def waiting(units):
    return _rows(units, state=RequestState.REQUESTED)


def refused(units):
    since = timezone.now() - LATELY
    return _rows(units, state=RequestState.REFUSED, decided_at__gte=since)


def granted(units):
    """Approved, and not yet downloaded as often as was approved, while the approval lasts."""
    return _rows(
        units,
        state=RequestState.APPROVED,
        expires_at__gt=timezone.now(),
        downloads__lt=F("most_downloads"),
    )


def asked_by(rows, user):
    return rows.filter(requester=user)


def page_of(row) -> str:
    return reverse("export-request", args=[row.pk])


def listed(code, title, permission, rows, text, for_user, **more) -> Worklist:
    return Worklist(
        f"portal.{code}", title, permission, rows, ledger="", text=text, address=page_of,
        all_of_them=lambda: reverse("export-request-list"), for_user=for_user, **more,
    )  # fmt: skip


def what(row) -> str:
    return f"{ledgers[row.ledger].title} {row.rows} 条"


register(
    listed(
        "export_requests", "完整号码导出申请待审批", "exports.approve", waiting,
        lambda row: f"{row.requester.name}：{what(row)}", approvable_by,
        due=lambda row: f"{row.requested_at:%m-%d}", group=Group.DECIDE, act=Act("审批", page_of),
    ),
    listed(
        "exports_refused", "完整号码导出申请没有批准", "records.export", refused, what, asked_by,
        due=lambda row: row.note, group=Group.BACK, act=Act("看原因", page_of),
    ),
    listed(
        "exports_granted", "完整号码导出申请已批准，可以下载", "records.export", granted, what, asked_by,
        group=Group.BACK, day="expires_at__date", act=Act("下载", page_of),
    ),
)  # fmt: skip

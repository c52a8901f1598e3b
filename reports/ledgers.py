"""On the page of any record: in which issued summaries it was counted."""

from django.db.models import Count
from django.urls import reverse

from portal.ledgers.remarks import Remark, remarks_on_records
from portal.scope import access_of
from reports.models import EvidenceRow, Issue
from reports.workflow import OUT

MOST = 5


@remarks_on_records
def counted_in(record, user) -> list[Remark]:
    """Those that the user may read and that still hold, the newest first."""
    if not access_of(user).may("figures.view"):
        return []
    issues = Issue.objects.visible_to(user).filter(summary__state__in=OUT)
    rows = EvidenceRow.objects.filter(
        model=record._meta.label_lower, record_id=record.pk, issue__in=issues
    )
    told = rows.values_list("issue", "issue__content__title", "issue__number")
    counted = told.annotate(count=Count("code", distinct=True)).order_by("-issue")[:MOST]
    return [
        Remark(
            f"已写入《{title}》（第 {number} 次签发）的 {count} 项指标",
            reverse("issue-detail", args=[issue]),
        )
        for issue, title, number, count in counted
    ]

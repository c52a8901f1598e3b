"""整改通知单: the order on paper with the photos of what was found; each print is logged."""

import base64
import logging

from django.shortcuts import get_object_or_404
from django.utils import timezone

from portal.attachments import vault
from portal.attachments.services import content_of, files_of
from portal.crypto import CannotOpen
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf import render_substituted
from portal.pdf.response import pdf_response
from portal.scope import current_scope
from portal.workdays import is_settled

MOST_PHOTOS = 6
log = logging.getLogger(__name__)


def photos_before(order) -> list[dict]:
    """Of the finding and of the order itself, at most six."""
    rows = [*(files_of(order.finding) if order.finding else ()), *files_of(order)]
    found = []
    for row in [row for row in rows if row.is_image][:MOST_PHOTOS]:
        try:
            data = base64.b64encode(content_of(row)).decode()
        except (vault.Missing, CannotOpen):
            log.exception("attachment %s cannot be printed", row.pk)
            continue
        taken = timezone.localtime(row.recorded_at)
        found.append({"data": data, "told": row.caption or f"{taken:%Y-%m-%d}"})
    return found


@writing_get
@needs("sanitation.view")
def notice(request, pk):
    order = get_object_or_404(ledgers["rectification-orders"].queryset(request.user), pk=pk)
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=order._meta.label_lower,
        subject_id=order.pk,
        unit_id=order.unit_id if order.unit_id in current_scope().units else None,
        field="notice",
    )
    context = {
        "order": order,
        "inspection": order.finding.inspection if order.finding else None,
        "provisional": not is_settled(order.due_on.year),
        "photos": photos_before(order),
        "today": timezone.localdate(),
        "printed_by": request.user.name,
    }
    data = render_substituted("sanitation/papers/notice.html", context, base="papers")
    return pdf_response(data, f"整改通知单_{order.number}", inline=True)

"""检查结果单: the marks and findings of an inspection on paper, to be signed by both sides."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf import render_substituted
from portal.pdf.response import pdf_response
from portal.scope import Denied, access_of
from sanitation.selectors.inspections import (
    findings_of,
    grade_of,
    is_marked,
    lines_of,
    percent_of,
    reply_of,
    samples_of,
)


@writing_get
@needs("sanitation.view")
def paper(request, pk):
    """Without the names of households; only what was handed in is printed."""
    inspection = get_object_or_404(ledgers["inspections"].queryset(request.user), pk=pk)
    if inspection.handed_in_on is None:
        raise Denied("检查还没有提交，不能打印结果单。")
    findings = findings_of(inspection)
    lines = lines_of(inspection, findings) if is_marked(inspection) else []
    grade = grade_of(inspection)
    context = {
        "inspection": inspection,
        "lines": lines,
        "findings": findings,
        "groups": [grid for grids in samples_of(inspection).values() for grid in grids],
        "percent": percent_of(inspection),
        "grade": grade.label if grade else "",
        "reply": reply_of(inspection),
        "printed_by": request.user.name,
        "printed_on": timezone.localdate(),
    }
    access = access_of(request.user)
    own = access.may("sanitation.view", inspection.unit_id)
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=inspection._meta.label_lower,
        subject_id=inspection.pk,
        unit_id=inspection.unit_id if own else inspection.community_id,
        rows=len(findings),
    )
    data = render_substituted("sanitation/inspection_paper.html", context, base="inspection")
    title = f"检查结果单_{inspection.community}_{inspection.occurred_on}"
    return pdf_response(data, title, inline=True)

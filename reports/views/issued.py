"""An issue as it was signed, what became of its numbers, the rows behind them, and the PDF."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.figures import figures
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf.response import pdf_response
from portal.scope import access_of
from reports import proof
from reports.editor import urls_for
from reports.evidence_rows import evidence_rows
from reports.frozen import laid_out, values_of
from reports.models import Issue
from reports.views.finding import issue_of
from reports.views.reviewing import way_context

PAGE_SIZE = 50


@require_safe
@needs("figures.view")
def issue_detail(request, pk):
    """The frozen text; beside it each figure as issued and as the records say now."""
    issue = issue_of(request, pk)
    content = proof.content_of(issue)
    differences = proof.differences(issue)
    context = {
        "issue": issue,
        "content": content,
        "laid": laid_out(content),
        "chip_urls": urls_for(values_of(content).values(), issue.unit_id, issue.group_id),
        "differences": differences,
        "changed": sum(difference.changed for difference in differences),
        "may_revise": access_of(request.user).may("summaries.draft", issue.unit_id),
    }
    context |= way_context(request.user, issue.summary)
    return render(request, "reports/issue.html", context)


@require_safe
@needs("figures.view")
def issue_evidence(request, pk, code):
    """The very rows that a figure counted when it was signed, and what became of each."""
    issue = issue_of(request, pk)
    values = values_of(proof.content_of(issue))
    if code not in values:
        raise Http404
    if (figure := values[code].code) in figures:
        access_of(request.user).check(figures[figure].permission, issue.unit_id)
    lists = []
    for changes in proof.row_changes(issue, code):
        ids = list(changes.issued)
        page = Paginator(ids, PAGE_SIZE).get_page(request.GET.get("page", "1"))
        lists.append(evidence_rows(changes, page))
    context = {"issue": issue, "value": values[code], "lists": lists}
    return render(request, "reports/evidence.html", context)


@writing_get
@needs("figures.view")
def issue_pdf(request, pk):
    """The file as signed, its hash checked again; taking it is logged."""
    issue = issue_of(request, pk, with_pdf=True)
    data = proof.pdf_of(issue)
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=Issue._meta.label_lower,
        subject_id=issue.pk,
        unit_id=issue.unit_id,
    )
    return pdf_response(data, issue.content["title"])

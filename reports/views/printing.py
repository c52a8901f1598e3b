"""A draft on paper, before it is signed."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.marks import needs
from reports.drafts import drafted_of
from reports.output.pdf import pdf_of_document
from reports.output.preflight import preflight, stopping
from reports.permissions import check_paper
from reports.views.finding import summary_of


@require_safe
@needs("figures.view")
def summary_preflight(request, pk):
    """付印检查 of the saved draft, asked for by the page of signing: laying the paper out takes a second
    or two, so that only who reviews or signs may ask."""
    summary = summary_of(request, pk)
    check_paper(request.user, summary)
    document = drafted_of(summary).document()
    checks = preflight(document, pdf_of_document(document))
    context = {"summary": summary, "checks": checks, "refused": bool(stopping(checks))}
    name = "reports/_preflight.html" if request.htmx else "reports/preflight.html"
    return render(request, name, context)

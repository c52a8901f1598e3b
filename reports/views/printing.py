"""A draft on paper, before it is signed."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.marks import needs
from portal.pdf.blocks import OfficialDocument
from reports.editor import Review
from reports.facts import told_codes
from reports.models import Summary
from reports.output.document import draft_document
from reports.output.pdf import pdf_of_document
from reports.output.preflight import preflight, stopping
from reports.views.finding import sections_of, summary_of


def document_of(
    summary: Summary, *, watermark: bool = False, codes: bool = False
) -> OfficialDocument:
    """The saved draft with the figures of now."""
    sections = sections_of(summary)
    texts = {section.key: section.text for section in sections}
    review = Review(summary, sections, summary.title, texts)
    told = told_codes(texts.values(), summary.outline)
    return draft_document(
        review.laid,
        [review.facts.values[code] for code in told],
        unit_name=summary.telling.name,
        period=summary.period,
        today=timezone.localdate(),
        watermark=watermark,
        codes=codes,
    )


@require_safe
@needs("figures.view")
def summary_preflight(request, pk):
    """付印检查 of the saved draft, asked for by the page of signing; it lays the paper out, which takes
    a second or two."""
    summary = summary_of(request, pk)
    document = document_of(summary)
    checks = preflight(document, pdf_of_document(document))
    context = {"summary": summary, "checks": checks, "refused": bool(stopping(checks))}
    name = "reports/_preflight.html" if request.htmx else "reports/preflight.html"
    return render(request, name, context)

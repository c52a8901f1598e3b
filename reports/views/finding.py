"""Finding a summary or an issue in the user's scope; anything else is a missing page."""

from django.shortcuts import get_object_or_404

from reports.models import Issue, Section, Summary


def summary_of(request, pk: int) -> Summary:
    return get_object_or_404(
        Summary.objects.visible_to(request.user).select_related("unit", "recorded_by"), pk=pk
    )


def sections_of(summary: Summary) -> list[Section]:
    return list(summary.sections.all())


def issue_of(request, pk: int, *, with_pdf: bool = False) -> Issue:
    issues = Issue.objects.visible_to(request.user).select_related(
        "unit", "group", "summary", "issued_by", "bundle"
    )
    return get_object_or_404(issues if with_pdf else issues.defer("pdf", "public_pdf"), pk=pk)

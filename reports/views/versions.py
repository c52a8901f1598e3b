"""Former words of a summary: the list, the difference between any two, and putting one back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from portal.errors import StaleRecord
from portal.marks import needs
from portal.models.versioned import LARGEST, VERSION, sent_version
from reports import services
from reports.models import Revision, Summary
from reports.permissions import check_draft, check_open, may_draft
from reports.views.finding import sections_of, summary_of
from reports.way import between

PAGE_SIZE = 20


def revisions_of(summary: Summary):
    return summary.revisions.select_related("saved_by").order_by("-number")


@require_safe
@needs("figures.view")
def summary_versions(request, pk):
    """Newest first, each with what it added and took away."""
    summary = summary_of(request, pk)
    page = Paginator(revisions_of(summary), PAGE_SIZE).get_page(request.GET.get("page", "1"))
    rows = list(page)
    before = summary.revisions.filter(number=rows[-1].number - 1).first() if rows else None
    sections = sections_of(summary)
    listed = [
        (revision, between(older, revision, sections) if older else None)
        for revision, older in zip(rows, [*rows[1:], before], strict=True)
    ]
    context = {
        "summary": summary,
        "page": page,
        "listed": listed,
        "latest": rows[0].number if rows and page.number == 1 else 0,
        "may_restore": may_draft(request.user, summary),
    }
    return render(request, "reports/versions.html", context)


@require_safe
@needs("figures.view")
def summary_compare(request, pk):
    """``older`` and ``newer`` are numbers of versions; without them the last two."""
    summary = summary_of(request, pk)
    numbers = list(summary.revisions.order_by("number").values_list("number", flat=True))
    if not numbers:
        raise Http404
    newer = _number(request.GET.get("newer", ""), numbers, numbers[-1])
    older = _number(request.GET.get("older", ""), numbers, max(newer - 1, 1))
    older, newer = sorted((older, newer))
    found = {r.number: r for r in revisions_of(summary).filter(number__in=(older, newer))}
    context = {
        "summary": summary,
        "numbers": numbers,
        "older": found[older],
        "newer": found[newer],
        "both": [found[number] for number in dict.fromkeys((older, newer))],
        "difference": between(found[older], found[newer], sections_of(summary)),
        "may_restore": may_draft(request.user, summary) and older != numbers[-1],
    }
    return render(request, "reports/compare.html", context)


def _number(text: str, numbers: list[int], default: int) -> int:
    """A number from the address; a missing page for one that is no version."""
    if not text:
        return default
    if not VERSION.fullmatch(text) or int(text) not in numbers:
        raise Http404
    return int(text)


@needs("summaries.draft")
def summary_restore(request, pk, number):
    """After asking: the words of a former version are put back, as a new one."""
    summary = summary_of(request, pk)
    check_draft(request.user, summary.unit_id, summary.outline)
    check_open(summary)
    if number > LARGEST:
        raise Http404
    revision = get_object_or_404(Revision, summary=summary, number=number)
    if request.method != "POST":
        context = {"summary": summary, "revision": revision}
        return render(request, "reports/restore.html", context)
    version = sent_version(request.POST.get("version", ""))
    try:
        services.restore(summary, revision, version=version, by=request.user)
    except StaleRecord:
        messages.error(request, "总结刚被别人保存过，没有恢复；请看过现在的文字再决定。")
        return redirect("summary-versions", pk)
    except ValidationError as refusal:
        messages.error(request, f"没有恢复：{''.join(refusal.messages)}")
        return redirect("summary-versions", pk)
    messages.success(request, f"已恢复第{number}版的文字，成为新的一版。")
    return redirect(summary)

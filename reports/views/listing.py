"""The list of summaries in scope, and starting one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.shortcuts import redirect, render

from portal.marks import needs, snapshot
from portal.scope import access_of
from reports import services
from reports.forms import ListFilter, StartForm
from reports.holders import holders_of, with_way
from reports.models import Issue, Summary
from reports.permissions import grouping_units

PAGE_SIZE = 30


@needs("figures.view")
def summary_list(request):
    """Drafts and issued summaries, newest first."""
    visible = Summary.objects.visible_to(request.user)
    keys = visible.order_by().values_list("period_key", flat=True).distinct()
    years = sorted({key[:4] for key in keys}, reverse=True)
    chosen = ListFilter(request.GET, user=request.user, years=years)
    issues = Issue.objects.filter(summary=OuterRef("pk"))
    rows = (
        with_way(chosen.applied(visible))
        .select_related("unit__parent", "group", "recorded_by")
        .annotate(
            issue_pk=Subquery(issues.values("pk")[:1]),
            issue_number=Subquery(issues.values("number")[:1]),
            issued_at=Subquery(issues.values("issued_at")[:1]),
        )
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    page.object_list = list(page.object_list)
    holders = holders_of(page.object_list)
    for summary in page.object_list:
        summary.holder = holders[summary.pk]
    context = {
        "page": page,
        "filter_form": chosen,
        "active_filters": chosen.in_use,
        "may_draft": access_of(request.user).may("summaries.draft"),
        "may_group": grouping_units(request.user).exists(),
    }
    return render(request, "reports/list.html", context)


@snapshot
@needs("summaries.draft")
def summary_create(request):
    """Choose kind, unit and period; an open draft of the same is opened instead."""
    form = StartForm(request.POST or None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "reports/start.html", {"form": form})
    about = {
        "outline": form.cleaned_data["kind"],
        "unit": form.cleaned_data["unit"],
        "period": form.chosen_period,
        "group": form.cleaned_data.get("group"),
    }
    if found := services.open_draft(**about):
        messages.info(request, "已有一份草稿，为您打开。")
        return redirect(found)
    summary = services.draft(**about, by=request.user)
    messages.success(request, "已按记录起草，请修改、检查后签发。")
    return redirect(summary)

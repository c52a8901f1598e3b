"""Many summaries at once: asked for, watched, tried again, taken home as one ZIP."""

import tempfile
import zipfile

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.periods import Period
from portal.scope import access_of
from reports.bulk_forms import BulkForm
from reports.models import BulkItem, BulkRun
from reports.services import bulk

PAGE_SIZE = 30
State = BulkItem.State


def runs_of(user):
    units = access_of(user).units("summaries.draft")
    runs = BulkRun.objects.filter(unit__in=units).select_related("unit", "asked_by")
    return runs.annotate(
        total=Count("items"),
        done=Count("items", filter=Q(items__state=State.DONE)),
        failed=Count("items", filter=Q(items__state=State.FAILED)),
    ).order_by("-pk")


@needs("summaries.draft")
def bulk_list(request):
    page = Paginator(runs_of(request.user), PAGE_SIZE).get_page(request.GET.get("page", "1"))
    for run in page.object_list:
        run.period = Period.parse(run.period_key)
    return render(request, "reports/bulk_list.html", {"page": page})


@needs("summaries.draft")
def bulk_start(request):
    """Kinds × units for one period."""
    form = BulkForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            run = bulk.start(**form.asked, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "已开始批量起草，可以离开本页，做好后再回来下载。")
            return redirect("bulk-run", run.pk)
    return render(request, "reports/bulk_start.html", {"form": form})


@require_safe
@needs("summaries.draft")
def bulk_run(request, pk):
    """How far it is; the page asks again while something is under way."""
    run = get_object_or_404(runs_of(request.user), pk=pk)
    items = run.items.defer("pdf").select_related("unit", "summary")
    finished = run.done + run.failed
    context = {
        "run": run,
        "period": Period.parse(run.period_key),
        "page": Paginator(items, PAGE_SIZE).get_page(request.GET.get("page", "1")),
        "under_way": finished < run.total,
        "percent": finished * 100 // run.total if run.total else 100,
    }
    template = "reports/_bulk_progress.html" if request.htmx else "reports/bulk_run.html"
    return render(request, template, context)


@require_POST
@needs("summaries.draft")
def bulk_retry(request, pk):
    run = get_object_or_404(runs_of(request.user), pk=pk)
    count = bulk.retry(run, by=request.user)
    messages.success(request, f"已重新排队 {count} 份。")
    return redirect("bulk-run", run.pk)


@writing_get
@needs("summaries.draft")
def bulk_zip(request, pk):
    """The PDFs of what is done, of the units that the user may read; taking them is logged."""
    run = get_object_or_404(runs_of(request.user), pk=pk)
    readable = access_of(request.user).units("figures.view")
    items = run.items.filter(state=State.DONE, unit__in=readable).select_related("unit", "summary")
    items = items.exclude(pdf=b"")  # emptied where the evidence was disposed of by law
    if not items:
        raise Http404
    file = tempfile.SpooledTemporaryFile(max_size=32 * 2**20)  # noqa: SIM115  the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for item in items.iterator(chunk_size=20):
            archive.writestr(f"{item.unit.code} {item.summary.title}.pdf", bulk.pdf_of(item))
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=BulkRun._meta.label_lower,
        subject_id=run.pk,
        unit_id=run.unit_id,
        rows=len(items),
    )
    file.seek(0)
    name = f"{run.unit}{Period.parse(run.period_key).label}总结.zip"
    return FileResponse(file, as_attachment=True, filename=name)

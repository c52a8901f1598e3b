"""Many summaries at once: asked for, watched, tried again, taken home as one ZIP."""

import tempfile
import zipfile

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.ledgers.services import log_access
from portal.marks import needs, polled, writing_get
from portal.models import AccessLog
from portal.periods import Period
from portal.scope import access_of
from reports.bulk_forms import BulkForm
from reports.models import BulkItem, BulkRun
from reports.models.about import readable_by
from reports.services import bulk, bulk_files

PAGE_SIZE = 30
State = BulkItem.State


def runs_of(user):
    """Runs that ``user`` asked for, and those of others of which they may read every summary."""
    units = access_of(user).units("summaries.draft")
    hidden = BulkItem.objects.filter(run=OuterRef("pk")).exclude(readable_by(user))
    runs = BulkRun.objects.filter(Q(asked_by=user) | ~Exists(hidden), unit__in=units)
    runs = runs.select_related("unit", "asked_by")
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


@polled
@require_safe
@needs("summaries.draft")
def bulk_run(request, pk):
    """How far it is; the page asks again while something is under way."""
    run = get_object_or_404(runs_of(request.user), pk=pk)
    items = run.items.filter(readable_by(request.user)).defer("pdf")
    items = items.select_related("unit", "summary")
    finished = run.done + run.failed
    context = {
        "run": run,
        "period": Period.parse(run.period_key),
        "page": Paginator(items, PAGE_SIZE).get_page(request.GET.get("page", "1")),
        "offered": bulk_files.takeable(run, request.user).count(),
        "may_retry": run.failed and run.asked_by_id == request.user.pk,
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
    """The PDFs of what is done and may be read; of each unit and kind it is logged that they were taken."""
    run = get_object_or_404(runs_of(request.user), pk=pk)
    items = bulk_files.takeable(run, request.user)
    if not items.exists():
        raise Http404
    taken = []
    file = tempfile.SpooledTemporaryFile(max_size=32 * 2**20)  # noqa: SIM115  the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for item, name, pdf in bulk_files.entries(items):
            archive.writestr(name, pdf)
            taken.append((item.unit_id, item.kind))
    for unit_id, kind in taken:
        log_access(
            AccessLog.Action.PDF,
            by=request.user,
            subject=BulkRun._meta.label_lower,
            subject_id=run.pk,
            unit_id=unit_id,
            field=kind,
        )
    file.seek(0)
    name = f"{run.unit}{Period.parse(run.period_key).label}总结.zip"
    return FileResponse(file, as_attachment=True, filename=name)

"""The scans of the signed and sealed paper: filing, looking at and taking out of an issue's page."""

import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.attachments import services as attachments
from portal.attachments import vault
from portal.attachments.refusing import MAX_BYTES, Refused
from portal.attachments.showing import UploadForm
from portal.attachments.views import sent
from portal.crypto import CannotOpen
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog, Attachment
from portal.models.versioned import sent_version
from portal.text import typed_words
from reports.models import Issue
from reports.permissions import check_pdf
from reports.services import scans
from reports.views.finding import issue_of

log = logging.getLogger(__name__)


class ScanForm(UploadForm):
    """Pictures of the pages, or one PDF from the scanner."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["purpose"], self.fields["caption"]


@needs("figures.view")
def issue_scans(request, pk):
    """What was filed, and filing more: all files that were chosen, or none."""
    issue = issue_of(request, pk)
    if request.method != "POST":
        return _page(request, issue, ScanForm())
    scans.check_file(request.user, issue)
    form = ScanForm(request.POST, request.FILES)
    files = _checked(form) if form.is_valid() else []
    if form.errors:
        return _page(request, issue, form, status=400)
    try:
        kept = scans.file_scans(issue, files, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, issue, form, status=400)
    except IntegrityError:
        form.add_error(None, "同样的文件刚刚已经传过，请刷新后查看。")
        return _page(request, issue, form, status=409)
    except OSError:
        log.exception("no scan can be written below MEDIA_ROOT")
        form.add_error(None, attachments.NO_ROOM)
        return _page(request, issue, form, status=507)
    if kept:
        messages.success(request, f"已归存 {len(kept)} 个扫描件。")
    if len(kept) < len(files):
        messages.info(request, f"有 {len(files) - len(kept)} 个文件以前传过，没有重复保存。")
    return redirect(reverse("issue-scans", args=[issue.pk]))


def _checked(form: ScanForm) -> list[attachments.Checked]:
    """The files that may be kept; what is refused becomes an error of the form."""
    files = []
    for upload in form.cleaned_data["chosen"]:
        try:
            content = upload.read(MAX_BYTES + 1)
            files.append(attachments.checked(content, Attachment.Purpose.SCAN))
        except Refused as refusal:
            form.add_error(None, f"“{typed_words(upload.name[-40:])}”没有保存：{refusal}")
    return files


def _page(request, issue: Issue, form: ScanForm, status: int = 200):
    context = {
        "issue": issue,
        "form": form,
        "scans": scans.scans_of(issue).select_related("recorded_by"),
        "may_file": scans.may_file(request.user, issue),
    }
    return render(request, "reports/scans.html", context, status=status)


@writing_get
@needs("figures.view")
def issue_scan(request, pk, file):
    """One whole file; the look is logged. Of what was withdrawn as of the PDF itself."""
    issue = issue_of(request, pk)
    check_pdf(request.user, issue)
    scan = get_object_or_404(scans.scans_of(issue), pk=file)
    try:
        content = attachments.content_of(scan)
    except (vault.Missing, CannotOpen):
        log.exception("scan %s cannot be shown", scan.pk)
        raise Http404 from None
    log_access(
        AccessLog.Action.FILE,
        by=request.user,
        subject=Issue._meta.label_lower,
        subject_id=issue.pk,
        unit_id=issue.unit_id,
        field=f"attachment {scan.pk}",
    )
    name = f"{issue.content['title']}（{scans.CAPTION}）.{'jpg' if scan.is_image else 'pdf'}"
    return sent(content, scan.media_type, name, download=not scan.is_image)


@require_POST
@needs("figures.view")
def issue_scan_remove(request, pk, file):
    issue = issue_of(request, pk)
    scan = get_object_or_404(scans.scans_of(issue), pk=file)
    version = sent_version(request.POST.get("version", ""))
    scans.remove_scan(issue, scan, version=version, by=request.user)
    messages.success(request, "扫描件已移入回收站。")
    return redirect(reverse("issue-scans", args=[issue.pk]))

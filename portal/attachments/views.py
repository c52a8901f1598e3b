"""Files of a record: every answer starts from the row that the record's own ledger shows the user."""

import base64
import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.attachments import services, vault
from portal.attachments.refusing import MAX_BYTES, Refused
from portal.attachments.showing import UploadForm, shown_files
from portal.crypto import CannotOpen
from portal.ledgers.services import log_access
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, writing_get
from portal.models import AccessLog
from portal.models.versioned import sent_version
from portal.pdf import render_pdf
from portal.scope import current_scope
from portal.text import clean_text, typed_words

log = logging.getLogger(__name__)

MOST_PRINTED = 24
SEALED_OFF = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


def sent(content: bytes, media_type: str, filename: str, *, download: bool) -> HttpResponse:
    """A file that no browser may take for anything else, keep, or let act."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(download, filename)
    response["Content-Security-Policy"] = SEALED_OFF
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class FilesView(LedgerView):
    """The files of one record, and adding to them: all that were chosen, or none. Who asks for JSON, to
    show the progress, is told {url} or {errors}."""

    @property
    def asks_json(self) -> bool:
        return self.request.headers.get("Accept") == "application/json"

    def get(self, request, slug, pk):
        record = self.record()
        form = UploadForm(with_portrait=self.ledger.has_portrait)
        return self.page(record, form)

    def post(self, request, slug, pk):
        record = self.record()
        self.require_edit(record)
        form = UploadForm(request.POST, request.FILES, with_portrait=self.ledger.has_portrait)
        if not form.is_valid():
            return self.page(record, form, status=400)
        purpose = form.cleaned_data["purpose"]
        files = []
        for upload in form.cleaned_data["chosen"]:
            try:
                content = upload.read(MAX_BYTES + 1)
                files.append(services.checked(content, purpose))
            except Refused as refusal:
                form.add_error(None, f"“{typed_words(upload.name[-40:])}”没有保存：{refusal}")
        if form.errors:
            return self.page(record, form, status=400)
        try:
            kept = services.attach(
                record,
                files,
                purpose=purpose,
                caption=form.cleaned_data["caption"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.page(record, form, status=400)
        except IntegrityError:
            form.add_error(None, "同样的文件刚刚已经传过，请刷新后查看。")
            return self.page(record, form, status=409)
        except OSError:
            log.exception("no attachment can be written below MEDIA_ROOT")
            form.add_error(None, services.NO_ROOM)
            return self.page(record, form, status=507)
        self.tell(len(kept), len(files) - len(kept))
        address = self.ledger.url("detail", record) + "#files"
        return JsonResponse({"url": address}) if self.asks_json else redirect(address)

    def tell(self, kept: int, known: int) -> None:
        if kept:
            messages.success(self.request, f"已保存 {kept} 个附件。")
        if known:
            messages.info(self.request, f"有 {known} 个文件以前传过，没有重复保存。")

    def page(self, record, form, status=200):
        if self.asks_json:
            told = [text for errors in form.errors.values() for text in errors]
            return JsonResponse({"errors": told}, status=status)
        files = shown_files(self.ledger, record, may_edit=self.may_edit(record), form=form)
        context = {
            "record": record,
            "record_title": self.ledger.label_of(record),
            "files": files,
            "form": form,
        }
        context |= {"ledger": self.ledger, "urls": self.urls(record)}
        return render(self.request, "attachments/page.html", context, status=status)


def _logged_in(row) -> int | None:
    """The row's unit; None, which is the reader's, where a paper of the unit above is read below."""
    return row.unit_id if row.unit_id in current_scope().units else None


class FileView(LedgerView):
    """One whole file; the look is logged."""

    def get(self, request, slug, pk, file):
        record = self.record()
        row = self.row(record)
        content = self.content(row)
        log_access(
            AccessLog.Action.FILE,
            by=request.user,
            subject=row.subject,
            subject_id=row.subject_id,
            unit_id=_logged_in(row),
            field=f"attachment {row.pk}",
        )
        name = f"附件{row.pk}.{'jpg' if row.is_image else 'pdf'}"
        return sent(content, row.media_type, name, download=not row.is_image)

    def row(self, record):
        return get_object_or_404(services.files_of(record), pk=self.kwargs["file"])

    def content(self, row):
        try:
            return services.content_of(row)
        except (vault.Missing, CannotOpen):
            log.exception("attachment %s cannot be shown", row.pk)
            raise Http404 from None


class ThumbnailView(FileView):
    """The small picture of a strip; not logged. Deleted ones are shown to the record's editors."""

    def get(self, request, slug, pk, file):
        record = self.record()
        rows = services.bound_to(record) if self.may_edit(record) else services.files_of(record)
        row = get_object_or_404(rows, pk=file)
        if not row.is_image:
            raise Http404
        return sent(self.content(row), "image/jpeg", f"缩略图{row.pk}.jpg", download=False)

    def content(self, row):
        try:
            return services.thumbnail_of(row)
        except (vault.Missing, CannotOpen):
            log.exception("thumbnail of attachment %s cannot be shown", row.pk)
            raise Http404 from None


class ChangeView(LedgerView):
    """A small change to one file of a record that the user may edit."""

    def post(self, request, slug, pk, file):
        record = self.record()
        self.require_edit(record)
        self.change(get_object_or_404(services.bound_to(record), pk=file))
        return redirect(self.ledger.url("detail", record) + "#files")

    def sent_version(self) -> int:
        return sent_version(self.request.POST.get("version", ""))


class CaptionView(ChangeView):
    def change(self, row):
        row.caption, row.version = self.request.POST.get("caption", ""), self.sent_version()
        try:
            row.caption = clean_text(row.caption)
            row.clean_fields(exclude={"recorded_by"})
        except ValidationError as error:
            messages.error(self.request, f"说明没有保存：{''.join(error.messages)}")
            return
        row.save(update_fields=["caption"])
        messages.success(self.request, "说明已保存。")


class DeleteFileView(ChangeView):
    def change(self, row):
        services.recycle(row, version=self.sent_version(), by=self.request.user)
        messages.success(self.request, "附件已移入回收站，可随时恢复。")


class RestoreFileView(ChangeView):
    def change(self, row):
        row.version = self.sent_version()
        try:
            with transaction.atomic():
                services.take_back(row)
        except (ValidationError, IntegrityError):
            messages.error(self.request, "不能恢复：同样的文件已经重新传过。")
            return
        messages.success(self.request, "附件已恢复。")


class PrintView(FileView):
    """The photos of a record on paper, as evidence; logged with their number."""

    def get(self, request, slug, pk):
        record = self.record()
        images = [row for row in services.files_of(record) if row.is_image][:MOST_PRINTED]
        if not images:
            raise Http404
        shown = [
            {
                "data": base64.b64encode(self.content(row)).decode(),
                "caption": str(row),
                "at": timezone.localtime(row.recorded_at),
                "by": row.recorded_by,
            }
            for row in images
        ]
        log_access(
            AccessLog.Action.FILE,
            by=request.user,
            subject=images[0].subject,
            subject_id=record.pk,
            unit_id=_logged_in(record),
            field="print",
            rows=len(images),
        )
        context = {
            "ledger": self.ledger,
            "record": record,
            "record_title": self.ledger.label_of(record),
            "images": shown,
            "printed_at": timezone.localtime(),
            "printed_by": request.user,
        }
        return sent(
            render_pdf("pdf/files.html", context, base="files"),
            "application/pdf",
            f"{self.ledger.title}附件{record.pk}.pdf",
            download=False,
        )


files = by_ledger(FilesView.as_view())
file_view = by_ledger(writing_get(FileView.as_view()))
thumbnail = by_ledger(ThumbnailView.as_view())
caption = by_ledger(CaptionView.as_view())
delete = by_ledger(DeleteFileView.as_view())
restore = by_ledger(RestoreFileView.as_view())
print_view = by_ledger(writing_get(PrintView.as_view()))

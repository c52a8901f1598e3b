"""Notices: what came, what one's office wrote, one notice, writing, its way, its files."""

import logging
from pathlib import PurePath

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.attachments import services as attachments
from portal.attachments import vault
from portal.attachments.refusing import MAX_BYTES, Refused
from portal.attachments.views import sent
from portal.crypto import CannotOpen
from portal.errors import StaleRecord
from portal.guided import GuidedView
from portal.ledgers.services import log_access
from portal.marks import needs, needs_one_of, writing_get
from portal.models import AccessLog, Attachment, Notice
from portal.models.notices import speaks_for
from portal.models.versioned import sent_version
from portal.notices import services
from portal.notices.forms import FilesForm, NoticeForm, WithdrawForm, publishing_units
from portal.notices.reading import READS, may_confirm, reading_by_unit, unread_by
from portal.notices.workflow import NOTICE, PUBLISHES, NoticeState
from portal.scope import current_scope
from portal.text import typed_words

log = logging.getLogger(__name__)

PAGE_SIZE = 30
BADGES = {
    NoticeState.DRAFT: "warn",
    NoticeState.OUT: "good",
    NoticeState.REPLACED: "neutral",
    NoticeState.WITHDRAWN: "bad",
    NoticeState.ARCHIVED: "neutral",
}
_reads = needs_one_of(READS, PUBLISHES)


@_reads
def notice_list(request):
    """In force first come those that wait for 已阅; ``past`` tells the others."""
    past, user = request.GET.get("past") == "1", request.user
    rows = Notice.objects.readable_by(user).filter(is_out=True).select_related("unit")
    in_force = rows.filter(state=NoticeState.OUT)
    waiting = set(unread_by(in_force, user).values_list("pk", flat=True))
    shown = rows.exclude(state=NoticeState.OUT) if past else in_force.exclude(pk__in=waiting)
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    drafts = Notice.objects.kept_by(user).filter(state=NoticeState.DRAFT).select_related("unit")
    context = {
        "past": past,
        "page": page,
        "badges": BADGES,
        "waiting": [] if past else in_force.filter(pk__in=waiting).order_by("receipt_by", "pk"),
        "drafts": [] if past else drafts.order_by("-pk"),
        "may_publish": publishing_units(user).exists(),
        "today": timezone.localdate(),
    }
    return render(request, "notices/list.html", context)


def _readable(request, pk) -> Notice:
    rows = Notice.objects.readable_by(request.user)
    rows = rows.select_related("unit", "published_by", "ended_by", "replaces", "recorded_by")
    return get_object_or_404(rows, pk=pk)


def _kept(request, pk) -> Notice:
    rows = Notice.objects.kept_by(request.user).select_related("unit", "replaces")
    return get_object_or_404(rows, pk=pk)


@_reads
def notice_page(request, pk):
    return _page(request, _readable(request, pk))


def _page(request, notice, error="", status=200):
    user = request.user
    keeps = notice.unit_id in speaks_for(user)
    steps = [name for name in NOTICE.steps if services.may_take(user, notice, name)]
    by_unit = reading_by_unit(notice) if keeps and not notice.is_draft else []
    mine = notice.receipts.filter(user=user).first()
    context = {
        "notice": notice,
        "badge": BADGES[notice.state],
        "keeps": keeps,
        "steps": [(name, NOTICE.steps[name].label) for name in steps],
        "editable": notice.is_draft and keeps,
        "may_confirm": may_confirm(notice, user),
        "mine": mine,
        "by_unit": by_unit if notice.receipt_by else [],
        "read": sum(len(each.read) for each in by_unit),
        "total": sum(each.total for each in by_unit),
        "files": attachments.files_of(notice),
        "newer": Notice.objects.filter(replaces=notice, is_out=True).first(),
        "error": error,
        "form": FilesForm(),
    }
    return render(request, "notices/notice.html", context, status=status)


class EditView(GuidedView):
    """Writing: a draft is stored, shown as readers will see it, and published there."""

    title, button = "写通知", "保存草稿"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.notice = None

    def form(self, data=None):
        pk = self.kwargs.get("pk")
        if pk and self.notice is None:
            self.notice = _kept(self.request, pk)
            services.check_step(self.request.user, self.notice, "publish")
        return NoticeForm(data, user=self.request.user, notice=self.notice)

    def perform(self, form):
        notice = form.as_loaded(self.notice) if self.notice else Notice(unit=form.publishing_unit)
        for name in ("title", "text", "receipt_by"):
            setattr(notice, name, form.cleaned_data[name])
        return services.save_draft(notice, form.audience, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "草稿已保存；读者现在还看不到，核对后点“发布”。")
        return redirect("notice", pk=result.pk)

    def context(self):
        found = {"parent_url": reverse("notice-list"), "parent_title": "通知公告"}
        if self.notice:
            found = {
                "above_url": found["parent_url"],
                "above_title": "通知公告",
                "parent_url": reverse("notice", args=[self.notice.pk]),
                "parent_title": self.notice.title,
            }
        return found


class WithdrawView(GuidedView):
    title, button = "撤回通知", "撤回"

    def form(self, data=None):
        self.notice = _kept(self.request, self.kwargs["pk"])
        return WithdrawForm(data, notice=self.notice)

    def perform(self, form):
        return services.withdraw(
            self.notice,
            version=form.as_loaded(self.notice).version,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, "已撤回，并告诉了读者。")
        return redirect("notice", pk=result.pk)

    context = EditView.context


@needs(PUBLISHES)
@require_POST
def notice_step(request, pk, step):
    """Publish, archive, remind, begin a new version, drop a draft."""
    notice, user = _kept(request, pk), request.user
    version = sent_version(request.POST.get("version", ""))
    try:
        if step == "publish":
            services.publish(notice, version=version, by=user)
            messages.success(request, f"《{notice}》已发布。")
        elif step == "archive":
            services.archive(notice, version=version, by=user)
            messages.success(request, "已归档。")
        elif step == "remind":
            count = services.remind(notice, by=user)
            messages.success(request, f"已提醒 {count} 个还没有签阅的人。")
        elif step == "replace":
            notice = services.begin_new_version(notice, version=version, by=user)
            messages.success(request, "新版的草稿已备好：改好后发布，原来的通知同时被替换。")
        elif step == "drop":
            services.drop(notice, version=version, by=user)
            messages.success(request, "草稿已删去。")
            return redirect("notice-list")
        else:
            raise Http404
    except ValidationError as error:
        return _page(request, notice, "；".join(error.messages), status=400)
    except StaleRecord:
        text = "这份通知刚被别人办理过，请看现在的情况。"
        return _page(request, _kept(request, pk), text, status=409)
    return redirect("notice", pk=notice.pk)


@needs(READS)
@require_POST
def notice_read(request, pk):
    notice = _readable(request, pk)
    if services.confirm_read(notice, by=request.user):
        messages.success(request, "已记下您的签阅。")
    return redirect("notice", pk=pk)


@needs(PUBLISHES)
@require_POST
def notice_files(request, pk):
    """Add files to a draft: all that were chosen, or none."""
    notice, problems, found = _kept(request, pk), [], []
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, notice, "请先选择文件。", status=400)
    for upload in form.cleaned_data["files"]:
        name = typed_words(PurePath(upload.name).stem)[:60]
        try:
            content = upload.read(MAX_BYTES + 1)
            found.append((attachments.checked(content, Attachment.Purpose.PHOTO), name))
        except Refused as refusal:
            problems.append(f"“{name}”没有保存：{refusal}")
    if problems:
        return _page(request, notice, "；".join(problems), status=400)
    try:
        count = services.add_files(notice, found, by=request.user)
    except ValidationError as error:
        return _page(request, notice, "；".join(error.messages), status=400)
    except IntegrityError:
        return _page(request, notice, "同样的文件刚刚已经传过，请刷新后查看。", status=409)
    except OSError:
        log.exception("no attachment can be written below MEDIA_ROOT")
        return _page(request, notice, attachments.NO_ROOM, status=507)
    messages.success(request, f"已保存 {count} 个附件。")
    return redirect("notice", pk=pk)


@needs(PUBLISHES)
@require_POST
def notice_file_remove(request, pk, file):
    notice = _kept(request, pk)
    row = get_object_or_404(attachments.files_of(notice), pk=file)
    version = sent_version(request.POST.get("version", ""))
    services.remove_file(notice, row, version=version, by=request.user)
    messages.success(request, "附件已删去。")
    return redirect("notice", pk=pk)


@_reads
def notice_file(request, pk, file):
    """One whole file of a notice that the user reads; the look is logged."""
    notice = _readable(request, pk)
    row = get_object_or_404(attachments.files_of(notice), pk=file)
    try:
        content = attachments.content_of(row)
    except (vault.Missing, CannotOpen):
        log.exception("attachment %s cannot be shown", row.pk)
        raise Http404 from None
    log_access(
        AccessLog.Action.FILE,
        by=request.user,
        subject=row.subject,
        subject_id=row.subject_id,
        unit_id=notice.unit_id if notice.unit_id in current_scope().units else None,
        field=f"attachment {row.pk}",
    )
    name = f"{row}.{'jpg' if row.is_image else 'pdf'}"
    return sent(content, row.media_type, name, download=not row.is_image)


notice_add = needs(PUBLISHES)(EditView.as_view())
notice_edit = needs(PUBLISHES)(EditView.as_view())
notice_withdraw = needs(PUBLISHES)(WithdrawView.as_view())
notice_file = writing_get(notice_file)

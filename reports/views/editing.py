"""The page of a draft: edit, check, mend, compose again, preview as PDF."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.errors import StaleRecord
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.models.versioned import sent_version
from portal.pdf.response import pdf_response
from reports import services
from reports.drafts import drafted_of
from reports.editor import Review, fields_of
from reports.forms import DraftForm, field_name
from reports.models import Summary
from reports.output.pdf import pdf_of_document
from reports.panel import offers
from reports.permissions import check_draft, check_open, check_unsigned, may_draft
from reports.tokens import shown
from reports.views import live
from reports.views.finding import sections_of, summary_of
from reports.views.live import MEND, save
from reports.views.reviewing import remarks_context, show_reading, way_context


@require_safe
@needs("figures.view")
def summary_detail(request, pk):
    """The draft in its editor, or to read for those who do not draft; an issued one as issued."""
    summary = summary_of(request, pk)
    if issue := summary.issues.only("pk").first():
        return redirect(issue)
    if not may_draft(request.user, summary):
        return show_reading(request, summary)
    sections = sections_of(summary)
    review = Review(
        summary, sections, summary.title, {s.key: s.text for s in sections}, request.user
    )
    form = DraftForm(summary=summary, sections=sections, by=request.user)
    return show_editor(request, review, form)


def show_editor(request, review: Review, form: DraftForm, *, theirs=None, status=200):
    """``theirs`` are the texts that somebody else saved meanwhile, by section key."""
    context = review.context()
    fields = fields_of(form, review.sections, context["findings_by_section"])
    for field in fields:
        saved = (theirs or {}).get(field["key"])
        field["theirs"] = saved if saved != review.texts[field["key"]] else None
        field["theirs"] = None if field["theirs"] is None else shown(field["theirs"])
    context |= {
        "form": form,
        "offers": offers(review.summary, review.facts),
        "fields": fields,
        "conflict": theirs is not None,
        "may_draft": may_draft(request.user, review.summary),
        **remarks_context(request, review.summary, review.sections),
        **way_context(request.user, review.summary),
    }
    return render(request, "reports/draft.html", context, status=status)


@require_POST
@needs("summaries.draft")
def summary_edit(request, pk):
    """Save what was typed; ``action`` says what else: check, mend one finding, or that nobody pressed a
    button (autosave). A script that asks for JSON is answered by ``reports.views.live``."""
    summary = summary_of(request, pk)
    if live.is_asked(request):
        return live.kept(request, summary)
    check_draft(request.user, summary.unit_id, summary.outline)
    check_open(summary)
    sections = sections_of(summary)
    form = DraftForm(request.POST, summary=summary, sections=sections, by=request.user)
    if not form.is_valid():
        texts = {s.key: form.cleaned_data.get(field_name(s.key), s.text) for s in sections}
        return show_editor(
            request, Review(summary, sections, summary.title, texts, request.user), form
        )
    review = Review(summary, sections, form.cleaned_data["title"], form.texts, request.user)
    action = request.POST.get("action", "")
    try:
        mended = save(review, form, action, by=request.user)
    except StaleRecord:
        return show_conflict(request, pk, review)
    say_saved(request, action, review, mended)
    return redirect(summary)


def say_saved(request, action, review: Review, mended: bool):
    if action.startswith(MEND):
        if mended:
            messages.success(request, "已替换并保存。")
        else:
            messages.warning(request, "已保存；那处文字已经改动，没有替换。")
    elif action == "check" and review.findings:
        typed = f"手工数字缺来源 {review.sourceless} 处，" if review.sourceless else ""
        text = f"已保存并检查：错误 {review.errors} 处，{typed}提醒 {review.warnings} 处，标在各部分下面。"
        messages.warning(request, text)
    elif action == "check":
        messages.success(request, "已保存并检查，没有发现问题。")
    else:
        messages.success(request, "已保存。")


def show_conflict(request, pk, review: Review):
    """Everything typed stays in the fields, on top of the version saved meanwhile."""
    summary = summary_of(request, pk)
    data = request.POST.copy()
    data["version"] = str(summary.version)
    saved = sections_of(summary)
    form = DraftForm(data, summary=summary, sections=saved, by=request.user)
    form.is_valid()
    kept = Review(summary, saved, review.title, review.texts, request.user)
    return show_editor(request, kept, form, theirs={s.key: s.text for s in saved}, status=409)


@needs("summaries.draft")
def summary_redraft(request, pk):
    """After asking: the words of the draft are replaced by what the records tell now."""
    summary = summary_of(request, pk)
    check_draft(request.user, summary.unit_id, summary.outline)
    check_open(summary)
    if request.method != "POST":
        return render(request, "reports/redraft.html", {"summary": summary})
    version = sent_version(request.POST.get("version", ""))
    services.redraft(summary, version=version, by=request.user)
    messages.success(request, "已按现有记录重新起草。")
    return redirect(summary)


@writing_get
@needs("figures.view")
def summary_preview(request, pk):
    """The saved draft as PDF with 草稿 across it; taking it is logged, as it may name people."""
    summary = summary_of(request, pk)
    check_unsigned(summary)
    document = drafted_of(summary).document(watermark=True, codes="codes" in request.GET)
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=Summary._meta.label_lower,
        subject_id=summary.pk,
        unit_id=summary.unit_id,
    )
    return pdf_response(pdf_of_document(document), f"{summary.title}（草稿）", inline=True)

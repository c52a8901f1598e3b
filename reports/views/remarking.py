"""Remarks and answers to findings: a form in, back to the page that it came from."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.errors import StaleRecord
from portal.marks import needs
from portal.models.versioned import sent_version
from portal.scope import Denied
from reports.models import Answer, Comment, Summary
from reports.services import answers, comments
from reports.views.finding import sections_of, summary_of
from reports.views.reviewing import remarks_context

STALE = "这条内容刚被别人处理过，请看现在的情况。"


def back_to(request, summary: Summary, place: str):
    """Where a script asked for the remarks alone, there; else to the summary's page."""
    if request.htmx:
        return redirect("summary-remarks", summary.pk)
    return redirect(f"{summary.get_absolute_url()}#{place}")


def tell(request, error: Exception) -> None:
    text = "".join(error.messages) if isinstance(error, ValidationError) else str(error)
    messages.error(request, STALE if isinstance(error, StaleRecord) else text)


@needs("figures.view")
def summary_remarks(request, pk):
    """The remarks alone; a POST makes a new one. What is refused comes back with what was typed."""
    summary = summary_of(request, pk)
    context = {"summary": summary}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in ("section", "quote", "text")}
        typed["demanded"] = "demanded" in request.POST
        try:
            comments.remark(
                summary,
                section_key=typed["section"],
                quote=typed["quote"],
                text=typed["text"],
                demanded=typed["demanded"],
                by=request.user,
            )
            return back_to(request, summary, "remarks")
        except ValidationError as error:
            context |= {"typed": typed, "errors": error.message_dict}
    context |= remarks_context(request, summary, sections_of(summary))
    template = "reports/_comments.html" if request.htmx else "reports/remarks.html"
    return render(request, template, context)


@require_POST
@needs("figures.view")
def summary_remark(request, pk, remark):
    """Reply to a remark, settle it or open it again."""
    summary = summary_of(request, pk)
    found = Comment.objects.kept().select_related("summary__unit", "reply_to__summary__unit")
    comment = get_object_or_404(found, summary=summary, pk=remark)
    version = sent_version(request.POST.get("version", ""))
    try:
        match request.POST.get("action"):
            case "reply":
                comments.reply(comment, text=request.POST.get("text", ""), by=request.user)
            case "settle":
                comments.settle(comment, version=version, by=request.user)
            case "reopen":
                comments.reopen(comment, version=version, by=request.user)
            case _:
                raise Http404
    except (ValidationError, StaleRecord) as error:
        tell(request, error)
    return back_to(request, summary, "remarks")


@require_POST
@needs("summaries.draft")
def summary_answers(request, pk):
    """Say why a finding stands (``key``), or take an answer back (``withdraw``)."""
    summary = summary_of(request, pk)
    place = reverse("summary-detail", args=[pk]) + "#findings"
    try:
        if taken_back := request.POST.get("withdraw"):
            found = Answer.objects.kept().select_related("summary").filter(summary=summary)
            answer = get_object_or_404(found, key=taken_back)
            version = sent_version(request.POST.get(f"version-{taken_back}", ""))
            answers.withdraw(answer, version=version, by=request.user)
            messages.success(request, "已撤回说明。")
        else:
            key = request.POST.get("key", "")
            reason = request.POST.get(f"reason-{key}", "")
            answers.answer(summary, key, reason=reason, by=request.user)
            messages.success(request, "已记下说明，审核人和签发人都能看到。")
    except (ValidationError, StaleRecord, Denied) as error:
        tell(request, error)
    return redirect(place)

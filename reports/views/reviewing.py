"""Reading a summary that is under review, and taking the steps of 审签."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render

from portal.errors import StaleRecord
from portal.marks import needs
from portal.models.versioned import sent_version
from portal.scope import Denied
from reports import services
from reports.checks.findings import WHOLE
from reports.editor import Review
from reports.models import Section, Summary
from reports.permissions import check_step, check_told
from reports.remarks import headings_of, remarks_of
from reports.services import review
from reports.services.comments import demanded_of
from reports.views.finding import sections_of, summary_of
from reports.way import changed_since_submitted, way_of
from reports.workflow import CLOSED_WORDS, SUMMARY

SAID = {
    "submit": "已送审，审核期间不能修改。",
    "recall": "已收回，可以继续修改。",
    "return": "已退回，退回理由已送给起草人。",
    "review": "已审核通过，等待签发。",
    "archive": "已归档。",
}


def way_context(user, summary: Summary) -> dict:
    return {"way": way_of(summary, user), "closed_words": CLOSED_WORDS.get(summary.state, "")}


def remarks_context(request, summary: Summary, sections: list[Section]) -> dict:
    only = request.GET.get("remarks", "")
    return {"remarks": remarks_of(summary, sections, request.user, only)}


def listed_findings(looked_at: Review) -> dict:
    """Findings within the parts, and the answers to any: those of the whole stand in the summary."""
    found = [m for m in looked_at.marked if m.finding.section != WHOLE]
    return {"listed_findings": sorted(found, key=lambda marked: not marked.blocks)}


def show_reading(request, summary: Summary):
    """The text as it will be printed, beside what the check, the colleagues and the records say."""
    sections = sections_of(summary)
    looked_at = Review(
        summary, sections, summary.title, {s.key: s.text for s in sections}, request.user
    )
    context = looked_at.context() | listed_findings(looked_at)
    context |= way_context(request.user, summary)
    context |= remarks_context(request, summary, sections)
    steps = context["way"].steps
    context["changes"] = changed_since_submitted(summary, steps, sections)
    return render(request, "reports/reading.html", context)


@needs("figures.view")
def summary_step(request, pk, step):
    """Ask for the opinion, then take the step; what stops it is told on the page."""
    summary = summary_of(request, pk)
    if step not in SUMMARY.steps or step in review.OWN_DOORS:
        raise Http404
    check_told(request.user, summary.unit_id, summary.outline, SUMMARY.steps[step].who)
    if not taken_from(request, summary, step):
        return redirect(summary)
    if request.method != "POST":
        prefilled = opinion_of(request, summary) if step == "return" else ""
        return show_step(request, summary, step, opinion=prefilled)
    version = sent_version(request.POST.get("version", ""))
    opinion = request.POST.get("opinion", "")
    try:
        review.take(summary, step, version=version, opinion=opinion, by=request.user)
    except ValidationError as error:
        return show_step(request, summary, step, opinion=opinion, error="".join(error.messages))
    except services.NotReady:
        return show_step(request, summary, step, opinion=opinion)
    except Denied as refusal:
        messages.error(request, str(refusal))
    except StaleRecord:
        messages.error(request, "总结刚被别人修改或办理过，这一步没有办；请核对现在的内容。")
    else:
        messages.success(request, SAID[step])
    return redirect(summary)


def opinion_of(request, summary: Summary) -> str:
    """For a return because of what the check finds now (``?findings=1``): the errors, one a line, as many
    as an opinion holds."""
    if "findings" not in request.GET:
        return ""
    headings = headings_of(sections_of(summary))
    text = "检查发现下列错误，请改正或说明后重新送审："
    for finding in review.blocking(summary, by=request.user):
        line = f"\n{headings.get(finding.section, '全文')}：{finding.message}"
        if len(text) + len(line) > review.LONGEST:
            break
        text += line
    return text


def taken_from(request, summary: Summary, step: str) -> bool:
    """Whether the step may be taken as things stand; the reason against it becomes a message."""
    try:
        check_step(request.user, summary, step)
    except Denied as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def show_step(request, summary: Summary, step: str, *, opinion="", error=""):
    """The step's own page; before 送审 with all that blocks it."""
    context = {
        "summary": summary,
        "step": step,
        "label": SUMMARY.steps[step].label,
        "opinion": opinion,
        "error": error,
        "longest": review.LONGEST,
    }
    if step == "submit":
        headings = headings_of(sections_of(summary))
        context["blocking"] = [
            (headings.get(finding.section, "全文"), finding)
            for finding in review.blocking(summary, by=request.user)
        ]
        context["errors"] = sum(finding.is_error for _, finding in context["blocking"])
        context["sourceless"] = len(context["blocking"]) - context["errors"]
        demanded = demanded_of(summary)
        context["demanded"] = [(headings.get(r.section_key, "全文"), r) for r in demanded]
    return render(request, "reports/step.html", context)

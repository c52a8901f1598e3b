"""Signing a draft, and starting again from what was signed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from portal.errors import StaleRecord
from portal.marks import needs, snapshot
from portal.models.versioned import sent_version
from reports import services
from reports.editor import Review
from reports.permissions import check_told
from reports.views.finding import issue_of, sections_of, summary_of
from reports.views.reviewing import listed_findings, taken_from, way_context
from reports.workflow import ISSUES


@snapshot
@needs("summaries.issue")
def summary_issue(request, pk):
    """Ask, then check, freeze and print at one moment. Errors of the check stop it."""
    summary = summary_of(request, pk)
    check_told(request.user, summary.unit_id, summary.outline, ISSUES)
    if not taken_from(request, summary, "issue"):
        return redirect(summary)
    if request.method != "POST":
        sections = sections_of(summary)
        review = Review(summary, sections, summary.title, {s.key: s.text for s in sections})
        context = review.context() | listed_findings(review) | way_context(request.user, summary)
        return render(request, "reports/sign.html", context)
    version = sent_version(request.POST.get("version", ""))
    try:
        opinion = request.POST.get("opinion", "")
        issue = services.issue(summary, version=version, opinion=opinion, by=request.user)
    except services.NotReady as refusal:
        count = len(refusal.findings)
        text = (
            f"记录已有变化，检查又发现 {count} 处错误，不能签发；请退回改正或说明，见“检查结果”。"
        )
        messages.error(request, text)
        return redirect(summary)
    except services.NotPrintable as refusal:
        messages.error(request, f"付印检查没有通过，没有签发：{refusal}")
        return redirect("summary-issue", pk)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
        return redirect("summary-issue", pk)
    except StaleRecord:
        messages.error(request, "总结刚被别人修改或正在签发，这次没有签发；请核对现在的内容。")
        return redirect(summary)
    messages.success(request, "已签发。文字、数字和所依据的记录已经固定，可以下载 PDF。")
    return redirect(issue)


@require_POST
@needs("summaries.draft")
def issue_revise(request, pk):
    """A new draft with the signed words, for a correction; an open one is opened instead."""
    issue = issue_of(request, pk)
    found = services.open_draft(issue.outline, issue.unit, issue.period, issue.group)
    if found is None:
        found = services.draft_from(issue, by=request.user)
        messages.success(request, "已按签发的文字另起草稿，其中的指标按现在的记录计算。")
    else:
        messages.info(request, "已有一份草稿，为您打开。")
    return redirect(found)

"""Signing a draft, and starting again from what was signed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from portal.errors import StaleRecord
from portal.marks import needs, snapshot
from portal.models.versioned import sent_version
from reports import services
from reports.editor import Review
from reports.permissions import check_issue, check_open
from reports.views.finding import issue_of, sections_of, summary_of


@snapshot
@needs("summaries.issue")
def summary_issue(request, pk):
    """Ask, then check, freeze and print at one moment. Errors of the check stop it."""
    summary = summary_of(request, pk)
    check_issue(request.user, summary)
    check_open(summary)
    if request.method != "POST":
        sections = sections_of(summary)
        review = Review(summary, sections, summary.title, {s.key: s.text for s in sections})
        return render(request, "reports/sign.html", review.context())
    version = sent_version(request.POST.get("version", ""))
    try:
        issue = services.issue(summary, version=version, by=request.user)
    except services.NotReady as refusal:
        count = len(refusal.findings)
        messages.error(request, f"还有 {count} 处错误，改正后才能签发；已标在各部分下面。")
        return redirect(summary)
    except services.NotPrintable as refusal:
        messages.error(request, f"没有签发：{refusal}")
        return redirect(summary)
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

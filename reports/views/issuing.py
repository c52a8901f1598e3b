"""Signing a draft, starting again from what was signed, and taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.errors import StaleRecord
from portal.guided import GuidedView
from portal.marks import needs, snapshot
from portal.models.versioned import sent_version
from reports import services
from reports.editor import Review
from reports.forms import NoteForm, WithdrawForm
from reports.permissions import check_step, check_told, may_take
from reports.services.withdrawing import withdraw
from reports.views.finding import issue_of, sections_of, summary_of
from reports.views.issued import undamaged
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
    again = services.issued_before(summary).exists()
    form = NoteForm(request.POST or None, initial={"note": summary.note}, again=again)
    if request.method != "POST" or not form.is_valid():
        sections = sections_of(summary)
        review = Review(
            summary, sections, summary.title, {s.key: s.text for s in sections}, request.user
        )
        context = review.context() | listed_findings(review) | way_context(request.user, summary)
        context["may_return"] = may_take(request.user, summary, "return")
        return render(request, "reports/sign.html", context | {"form": form})
    version = sent_version(request.POST.get("version", ""))
    try:
        words = {"opinion": request.POST.get("opinion", ""), "note": form.cleaned_data["note"]}
        issue = services.issue(summary, version=version, by=request.user, **words)
    except services.NotReady as refusal:
        messages.error(request, refused_words(refusal.findings))
        return redirect("summary-issue", pk)
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


def refused_words(findings) -> str:
    """What the check found when somebody was about to sign."""
    errors = sum(finding.is_error for finding in findings)
    typed = len(findings) - errors
    told = [f"检查又发现 {errors} 处错误"] if errors else []
    told += [f"还有 {typed} 个手工数字没有注明来源"] if typed else []
    return f"记录已有变化，{'，'.join(told)}，不能签发；请退回改正或说明，见“检查结果”。"


@require_POST
@needs("summaries.draft")
@undamaged
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


class WithdrawView(GuidedView):
    """What was signed no longer holds: a reason, a look at what that means, done."""

    title, button, confirms = "撤回签发件", "撤回", True

    def dispatch(self, request, *args, **kwargs):
        self.issue = issue_of(request, kwargs["pk"])
        check_step(request.user, self.issue.summary, "withdraw")
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return WithdrawForm(data, rows=[self.issue.summary])

    def context(self):
        return {
            "above_url": reverse("summary-list"),
            "above_title": "工作总结",
            "parent_url": self.issue.get_absolute_url(),
            "parent_title": self.issue.content["title"],
            "explanation": str(self.issue),
        }

    def perform(self, form):
        seen = form.as_loaded(self.issue.summary)
        reason = form.cleaned_data["reason"]
        return withdraw(self.issue, version=seen.version, reason=reason, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已撤回。正文、校验码和撤回理由都会保留。")
        return redirect(self.issue)


issue_withdraw = needs("summaries.issue")(WithdrawView.as_view())

"""Choosing a paragraph of a community's issued summary for the street's draft."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from portal.errors import StaleRecord
from portal.marks import needs
from portal.models.versioned import sent_version
from reports.models import Issue
from reports.permissions import check_draft, check_open
from reports.rollup.quoting import paragraphs_of, quotable_issues
from reports.services.pulling import pull
from reports.views.finding import sections_of, summary_of
from reports.views.issued import undamaged


class PullForm(forms.Form):
    """Which paragraph, and into which part."""

    paragraph = forms.ChoiceField(
        label="段落",
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选择要引用的一段。",
            "invalid_choice": "这一段不在所选的总结里。",
        },
    )
    section = forms.ChoiceField(
        label="放入部分", error_messages={"required": "请选择放入哪一部分。"}
    )

    def __init__(self, *args, paragraphs, sections, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paragraph"].choices = [(each.key, each.words) for each in paragraphs]
        self.fields["section"].choices = [(s.key, s.heading or "导语") for s in sections]


@needs("summaries.draft")
@undamaged
def summary_pull(request, pk):
    """``?issue=5`` shows that summary's paragraphs; a chosen one goes into the draft with its source."""
    summary = summary_of(request, pk)
    check_draft(request.user, summary.unit_id, summary.outline)
    check_open(summary)
    issues = quotable_issues(summary, request.user)
    chosen = _chosen(issues, request.GET.get("issue", ""))
    paragraphs = paragraphs_of(chosen) if chosen else []
    about = {"paragraphs": paragraphs, "sections": sections_of(summary)}
    form = PullForm(request.POST or None, **about)
    if request.method == "POST" and chosen and form.is_valid():
        try:
            pull(
                summary,
                section_key=form.cleaned_data["section"],
                issue=chosen,
                paragraph=form.cleaned_data["paragraph"],
                version=sent_version(request.POST.get("version", "")),
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        except StaleRecord:
            form.add_error(None, "总结刚被别人修改过，这一段还没有放入；请核对后再提交。")
        else:
            messages.success(request, f"已引用，末尾注明摘自《{chosen.content['title']}》。")
            return redirect(summary)
    context = {
        "summary": summary,
        "issues": issues,
        "chosen": chosen,
        "paragraphs": _grouped(paragraphs),
        "form": form,
    }
    return render(request, "reports/pull.html", context)


def _chosen(issues, key: str) -> Issue | None:
    return next((issue for issue in issues if str(issue.pk) == key), None)


def _grouped(paragraphs) -> list[dict]:
    """The paragraphs under their headings."""
    groups = []
    for each in paragraphs:
        if not groups or groups[-1]["heading"] != each.heading:
            groups.append({"heading": each.heading, "paragraphs": []})
        groups[-1]["paragraphs"].append(each)
    return groups

"""手工数字: all typed numbers of a draft whose source is still to be told; several of one source at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from portal.marks import needs
from portal.scope import Denied
from reports.checks import Finding
from reports.models import Summary
from reports.permissions import check_draft, check_open
from reports.remarks import headings_of
from reports.services import answers
from reports.tokens import shown
from reports.views.finding import sections_of, summary_of

AROUND = 24  # characters told on either side of a number


@needs("summaries.draft")
def summary_numbers(request, pk):
    """Tick numbers, tell their source once. What is refused comes back with what was ticked and typed."""
    summary = summary_of(request, pk)
    check_draft(request.user, summary.unit_id, summary.outline)
    check_open(summary)
    context = {"summary": summary, "longest": answers.LONGEST}
    if request.method == "POST":
        keys, reason = request.POST.getlist("key"), request.POST.get("reason", "")
        try:
            if not keys:
                raise ValidationError({"key": "请勾选同一来源的数字。"})
            given = answers.answer_all(summary, keys, reason=reason, by=request.user)
        except ValidationError as error:
            context |= {"ticked": keys, "reason": reason, "errors": error.message_dict}
        except Denied as refusal:
            messages.error(request, str(refusal))
            return redirect("summary-numbers", pk)
        else:
            text = f"已记下 {len(given)} 个数字的来源，审核人和签发人都能看到。"
            messages.success(request, text)
            return redirect("summary-numbers", pk)
    return render(request, "reports/numbers.html", context | {"numbers": _numbers(summary)})


def _numbers(summary: Summary) -> list[dict]:
    sections = sections_of(summary)
    headings, texts = headings_of(sections), {s.key: s.text for s in sections}
    return [
        {
            "key": finding.answer_key,
            "heading": headings.get(finding.section, "标题"),
            "words": finding.words,
            **_around(texts.get(finding.section, summary.title), finding),
        }
        for finding in answers.sourceless(summary)
    ]


def _around(text: str, finding: Finding) -> dict[str, str]:
    """The words before and behind, within the line, as people type them."""
    before = shown(text[: finding.start].rpartition("\n")[2])
    behind = shown(text[finding.end :].partition("\n")[0])
    return {
        "before": before if len(before) <= AROUND else f"…{before[-AROUND:]}",
        "behind": behind if len(behind) <= AROUND else f"{behind[:AROUND]}…",
    }

"""What the editor's scripts ask for while somebody writes; none of it is a page.

Names in the JSON are those of the form's fields, texts are as people type them.
"""

from base64 import b64encode
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.errors import StaleRecord
from portal.figures import figures
from portal.ledgers.services import log_access
from portal.marks import needs, polled, repeatable, writing_get
from portal.models import AccessLog
from portal.models.versioned import sent_version
from portal.pdf.page import CHARACTERS, LINES
from portal.pdf.pictures import pictures_of
from portal.scope import Denied, access_of
from reports import services
from reports.checks.findings import TITLE
from reports.drafts import drafted_of
from reports.editor import Review, fields_of
from reports.forms import DraftForm, field_name
from reports.models import Revision, Summary
from reports.output.pdf import pdf_of_document
from reports.panel import others, whole_offer
from reports.permissions import check_draft, check_open, check_unsigned
from reports.services import presence
from reports.tokens import shown
from reports.views.finding import sections_of, summary_of

MEND = "mend:"
AUTOSAVE = "autosave"
SCALE = 1.75  # pixels a point: sharp in a pane of half a wide screen
MOST_PAGES = 30  # drawn at once; the rest stands in the PDF


def is_asked(request) -> bool:
    return not request.accepts("text/html")


def save(review: Review, form: DraftForm, action: str, *, by) -> bool:
    """Store what was typed, after mending the finding that ``action`` names; whether it was mended.

    Raises StaleRecord."""
    mended = action.startswith(MEND) and review.mended(action.removeprefix(MEND))
    unasked = Revision.Why.AUTOSAVED if action == AUTOSAVE else Revision.Why.SAVED
    services.save(
        review.summary,
        version=form.cleaned_data["version"],
        title=review.title,
        texts=review.texts,
        why=Revision.Why.MENDED if mended else unasked,
        by=by,
    )
    return mended


def kept(request, summary: Summary) -> JsonResponse:
    """Saved: version, time and the words as they are kept. 400 names the fields that were refused, 403
    says why nothing may be changed now, 409 brings what somebody else saved meanwhile."""
    sections = sections_of(summary)
    form = DraftForm(request.POST, summary=summary, sections=sections, by=request.user)
    try:
        check_draft(request.user, summary.unit_id, summary.outline)
        check_open(summary)
        if not form.is_valid():
            errors = {name: list(map(str, found)) for name, found in form.errors.items()}
            return JsonResponse({"errors": errors}, status=400)
        review = Review(summary, sections, form.cleaned_data["title"], form.texts, request.user)
        action = request.POST.get("action", "")
        mended = save(review, form, action, by=request.user)
    except Denied as refusal:
        return JsonResponse({"denied": str(refusal)}, status=403)
    except ValidationError as refusal:
        errors = {field_name(key): told for key, told in refusal.message_dict.items()}
        return JsonResponse({"errors": errors}, status=400)
    except StaleRecord:
        return met(request, summary.pk, form)
    at = f"{timezone.localtime():%H:%M}"
    return JsonResponse(
        words_of(summary, review.title, review.texts) | {"saved_at": at, "mended": mended}
    )


def met(request, pk: int, form: DraftForm) -> JsonResponse:
    """Not our version any more. The very same words were saved by the twin of this request, whose answer
    got lost on its way."""
    summary = summary_of(request, pk)
    texts = {section.key: section.text for section in sections_of(summary)}
    answer = words_of(summary, summary.title, texts)
    if (summary.title, texts) == (form.cleaned_data["title"], form.texts):
        return JsonResponse(answer | {"saved_at": f"{timezone.localtime():%H:%M}", "mended": False})
    return JsonResponse(answer | {"conflict": True}, status=409)


def words_of(summary: Summary, title: str, texts: dict[str, str]) -> dict:
    words = {field_name(key): shown(text) for key, text in texts.items()}
    return {"version": summary.version, "words": {"title": title} | words}


@polled
@repeatable
@require_POST
@needs("summaries.draft")
def summary_presence(request, pk):
    """A sign of life with the part that one is in, or ``leave``. Tells who else is there and, where the
    draft is newer than ``version``, its words."""
    summary = summary_of(request, pk)
    if "leave" in request.POST:
        presence.left(summary, by=request.user)
        return HttpResponse(status=204)
    sections = sections_of(summary)
    headings = {TITLE: "标题"} | {s.key: s.heading or "导语" for s in sections}
    part = request.POST.get("part", "")
    presence.seen(summary, section_key=part if part in headings else "", by=request.user)
    people = [
        {"name": str(each), "part": each.section_key, "heading": headings.get(each.section_key, "")}
        for each in presence.others(summary, than=request.user)
    ]
    answer = {"people": people}
    if summary.version > sent_version(request.POST.get("version", "")):
        answer |= words_of(summary, summary.title, {s.key: s.text for s in sections})
    return JsonResponse(answer)


def _draft_of(request, pk: int) -> Summary:
    """For whoever writes it."""
    summary = summary_of(request, pk)
    check_draft(request.user, summary.unit_id, summary.outline)
    return summary


@require_safe
@needs("summaries.draft")
def summary_checked(request, pk):
    """The findings, the values and the text of the saved draft, in the pieces that the page swaps."""
    summary = _draft_of(request, pk)
    sections = sections_of(summary)
    review = Review(
        summary, sections, summary.title, {s.key: s.text for s in sections}, request.user
    )
    context = review.context()
    form = DraftForm(summary=summary, sections=sections, by=request.user)
    fields = fields_of(form, sections, context["findings_by_section"])
    return render(request, "reports/checked.html", context | {"fields": fields, "may_draft": True})


@writing_get
@needs("summaries.draft")
def summary_pages(request, pk):
    """The saved draft as printed: its first pages as pictures. Nothing is laid out again while the words and
    their numbers stay. Logged once a day for each who looks, as it may name people."""
    summary = _draft_of(request, pk)
    check_unsigned(summary)
    document = drafted_of(summary).document(watermark=True)
    tag = f'"{sha256(repr((summary.version, document)).encode()).hexdigest()}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    _log_look(request.user, summary)
    pictures, count = pictures_of(pdf_of_document(document), scale=SCALE, most=MOST_PAGES)
    pages = [
        {
            "hash": sha256(picture.png).hexdigest()[:16],
            "src": f"data:image/png;base64,{b64encode(picture.png).decode()}",
            "width": picture.width,
            "height": picture.height,
        }
        for picture in pictures
    ]
    answer = {"pages": pages, "count": count, "lines": LINES, "characters": CHARACTERS}
    return JsonResponse(answer, headers={"ETag": tag})


def _log_look(user, summary: Summary) -> None:
    about = {"subject": Summary._meta.label_lower, "subject_id": summary.pk, "field": "pages"}
    looks = AccessLog.objects.filter(**about, user=user, at__date=timezone.localdate())
    if not looks.exists():
        log_access(AccessLog.Action.PDF, by=user, unit_id=summary.unit_id, **about)


@require_safe
@needs("summaries.draft")
def summary_figures(request, pk):
    """Figures for the panel: those of other departments, or the one named ``code`` with all its values."""
    summary = _draft_of(request, pk)
    code = request.GET.get("code", "")
    if not code:
        return render(request, "reports/_offers.html", {"offers": others(summary, request.user)})
    if code not in figures:
        raise Http404
    access_of(request.user).check(f"{figures[code].domain}.view", summary.unit_id)
    return render(request, "reports/_offers.html", {"offers": [whole_offer(summary, code)]})

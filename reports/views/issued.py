"""An issue as it was signed, what became of its numbers, the rows behind them, and the PDF."""

import logging
import re
from dataclasses import replace
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.closing.selectors import may_close
from portal.figures import figures
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.middleware import message_page
from portal.models import AccessLog
from portal.pdf.response import pdf_response
from portal.scope import Denied, access_of
from reports import proof
from reports.cells import codes_by_column
from reports.evidence import page
from reports.frozen import Damaged, laid_out, values_of
from reports.models import Issue
from reports.permissions import check_pdf, is_disposed, may_take_pdf
from reports.reissues import since_former
from reports.services.scans import scans_of
from reports.tables import tables_of
from reports.views.finding import issue_of
from reports.views.reviewing import way_context

PAGE_SIZE = 50
LONGEST_FIELD = AccessLog._meta.get_field("field").max_length
CHECK_NUMBER = re.compile("[0-9a-f]{16}")
log = logging.getLogger(__name__)


def undamaged(view):
    """What was signed and no longer gives its hash is never shown: a page says so plainly."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Damaged as damage:
            log.error("damaged evidence: %s", damage)
            text = (
                "保存的内容与签发时的校验码对不上，可能被改动过，所以不显示。\n"
                "请不要再操作，马上告诉系统管理员核查；纸质签发件和以前下载的 PDF 不受影响。"
            )
            return message_page(request, "签发件已损坏", text, 409)

    return checked


@require_safe
@needs("figures.view")
@undamaged
def issue_detail(request, pk):
    """The frozen text; beside it each figure as issued and as the records say now, with the rows that make
    the difference."""
    issue = issue_of(request, pk)
    content, evidence = proof.content_of(issue), proof.bundle_of(issue)
    differences = proof.differences(issue)
    stories = page.stories(issue, evidence, differences, request.user)
    access = access_of(request.user)
    told = {story.difference.issued.key for story in stories}
    context = {
        "issue": issue,
        "content": content,
        "laid": laid_out(content),
        "chip_urls": _proof_urls(issue, content),
        "column_urls": _column_urls(issue, content),
        "differences": differences,
        "stories": stories,
        "unchanged": [each for each in differences if each.issued.key not in told],
        "changed": sum(difference.changed for difference in differences),
        "scans": scans_of(issue).count(),
        "redefined": [each for each in differences if each.redefined],
        "disposed": evidence.disposed,
        "tombstones": issue.tombstones.select_related("buried_by", "approved_by"),
        "former": since_former(issue),
        "may_revise": access.may("summaries.draft", issue.unit_id),
        "may_close": may_close(request.user, issue.unit_id, issue.period),
        "may_take_pdf": may_take_pdf(request.user, issue),
    }
    context |= way_context(request.user, issue.summary)
    return render(request, "reports/issue.html", context)


def _proof_urls(issue: Issue, content: dict) -> dict[str, str]:
    """The page of evidence of each figure told, by its key."""
    return {key: reverse("issue-evidence", args=[issue.pk, key]) for key in values_of(content)}


def _column_urls(issue: Issue, content: dict) -> dict[str, list[str]]:
    """The same for the columns of tables, by title, while the outline declares them."""
    proofs, declared = _proof_urls(issue, content), tables_of(issue.outline)
    return {
        data["title"]: [
            proofs.get(code, "") for code in codes_by_column(declared[data["title"]], data)
        ]
        for data in content["tables"]
        if data["title"] in declared
    }


@writing_get
@needs("figures.view")
@undamaged
def issue_evidence(request, pk, code):
    """The very rows that a figure counted when it was signed, and what became of each; with
    ``show=changes`` only what counts otherwise now. The rows name people: looking at them is logged."""
    issue = issue_of(request, pk)
    values = values_of(proof.content_of(issue))
    if code not in values:
        raise Http404
    value, evidence = values[code], proof.bundle_of(issue)
    number, only_changes = request.GET.get("page", "1"), request.GET.get("show") == "changes"
    lists = []
    for change in proof.changes_of(issue, evidence, code):
        if evidence.disposed:  # keys that were names are pseudonyms: nothing to compare
            change = replace(change, changes=(), edited=())
        if not page.may_see(change, request.user, issue):
            raise Denied(
                "这项指标的记录属于其他业务，或指标已停用、无法确认属于哪项业务，您不能查看。"
            )
        reader = proof.reader_of(issue, evidence, change)
        ids = change.changes if only_changes else list(change.then)
        rows = Paginator(ids, PAGE_SIZE).get_page(number)
        lists.append(
            {
                "change": change,
                "labels": evidence.labels(change.key)[: page.COLUMNS_SHOWN],
                "page": rows,
                "issued": [] if only_changes else page.issued_rows(reader, rows.object_list),
                "told": reader.told(rows.object_list) if only_changes else [],
                "measure": page.measure_of(change),
                "several_units": len({row.unit for row in change.then.values()}) > 1,
                "now_definition": figures[change.code].definition if change.redefined else "",
            }
        )
    context = {
        "issue": issue,
        "value": value,
        "lists": lists,
        "only_changes": only_changes,
        "disposed": evidence.disposed,
        "any_changes": any(each["change"].changes for each in lists),
    }
    log_access(
        AccessLog.Action.FILE,
        by=request.user,
        subject=Issue._meta.label_lower,
        subject_id=issue.pk,
        unit_id=issue.unit_id,
        field=f"evidence {code}"[:LONGEST_FIELD],
        rows=sum(len(each["page"].object_list) for each in lists),
    )
    return render(request, "reports/evidence.html", context)


@require_safe
@needs("figures.view")
def issue_proof(request, start):
    """The target of the printed QR code: the issue whose check number it is, where it is in scope."""
    if not CHECK_NUMBER.fullmatch(start):
        raise Http404
    found = Issue.objects.visible_to(request.user).filter(sha256__startswith=start)
    return redirect(get_object_or_404(found.only("pk")))


@writing_get
@needs("figures.view")
@undamaged
def issue_pdf(request, pk):
    """The file as signed, its hash checked again; taking it is logged."""
    issue = issue_of(request, pk, with_pdf=True)
    check_pdf(request.user, issue)
    if not issue.pdf and is_disposed(issue):
        raise Denied("完整版已随所依据的记录依法处置，只能查看网页上的正文和公开版。")
    data = proof.pdf_of(issue)
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=Issue._meta.label_lower,
        subject_id=issue.pk,
        unit_id=issue.unit_id,
    )
    return pdf_response(data, issue.content["title"])

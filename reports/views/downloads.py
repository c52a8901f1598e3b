"""What may be taken of an issue: its two PDFs as signed, and the files made from the same frozen content.

Each starts from the issues that the user sees and is logged with the kind of file.
"""

from django.http import Http404, HttpResponse

from portal.attachments.views import sent
from portal.exports.xlsx import XLSX
from portal.figures import figures
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.scope import access_of
from reports import proof
from reports.frozen import values_of
from reports.models import Issue
from reports.output.document import issued_document
from reports.output.docx import DOCX, docx_of_document
from reports.output.html import html_of_document
from reports.output.pdf import pdf_of_document
from reports.output.workbook import evidence_workbook
from reports.permissions import check_made, check_pdf
from reports.views.finding import issue_of
from reports.views.issued import undamaged

PDF, HTML = "application/pdf", "text/html; charset=utf-8"
A = AccessLog.Action
KINDS = {  # name in the address: (media type, what is logged)
    "public.pdf": (PDF, A.PDF),
    "codes.pdf": (PDF, A.PDF),
    "word.docx": (DOCX, A.EXPORT),
    "page.html": (HTML, A.EXPORT),
    "evidence.xlsx": (XLSX, A.EXPORT),
}
MADE_OF_WORDS = frozenset({"codes.pdf", "word.docx", "page.html"})


@writing_get
@needs("figures.view")
@undamaged
def issue_file(request, pk, kind):
    """One of KINDS, saved under the title of the issue."""
    if kind not in KINDS:
        raise Http404
    issue = issue_of(request, pk, with_pdf=kind == "public.pdf")
    check_pdf(request.user, issue)
    if kind in MADE_OF_WORDS:
        check_made(issue)
    media_type, action = KINDS[kind]
    data = made(issue, kind, request.user)
    log_access(
        action,
        by=request.user,
        subject=Issue._meta.label_lower,
        subject_id=issue.pk,
        unit_id=issue.unit_id,
        field=kind,
    )
    return named(data, media_type, issue, kind)


def made(issue: Issue, kind: str, user) -> bytes:
    """Raises Damaged where what is stored is not what was signed, Http404 where it was never made."""
    if kind == "public.pdf":
        if not issue.public_pdf_sha256:
            raise Http404("issued before there were public versions")
        return proof.pdf_of(issue, public=True)
    content = proof.content_of(issue)
    document = issued_document(content, sha256=issue.sha256, codes=kind == "codes.pdf")
    match kind:
        case "codes.pdf":
            return pdf_of_document(document)
        case "word.docx":
            return docx_of_document(document)
        case "page.html":
            return html_of_document(document, list(values_of(content).values()))
        case _:
            access = access_of(user)
            domains = {f.domain for f in figures if access.may(f.permission, issue.unit_id)}
            return evidence_workbook(content, proof.bundle_of(issue).as_rows(), open_to=domains)


def named(data: bytes, media_type: str, issue: Issue, kind: str) -> HttpResponse:
    tail = {"public.pdf": "（公开版）", "codes.pdf": "（带指标代码）", "evidence.xlsx": "（证据）"}
    name = f"{issue.content['title']}{tail.get(kind, '')}.{kind.rpartition('.')[2]}"
    return sent(data, media_type, name, download=True)

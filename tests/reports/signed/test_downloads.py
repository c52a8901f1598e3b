"""What may be taken of an issue: six files, each in scope, each logged, each from what was signed."""

import io

import openpyxl
import pikepdf
import pypdfium2
import pytest
from django.urls import reverse
from docx import Document

from portal.models import AccessLog
from portal.roles import Role
from reports import proof
from reports.views.downloads import KINDS
from tests.portal.pdf_pages import read_text
from tests.reports.conftest import HOME

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("issued")]


def address(issue, kind):
    return reverse("issue-file", args=[issue.pk, kind])


def workbook(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture
def taken(client_of, head, issue):
    def take(kind):
        response = client_of(head).get(address(issue, kind))
        assert response.status_code == 200
        return response

    return take


@pytest.mark.parametrize("kind", KINDS)
def test_file_is_saved_under_the_title_and_logged(taken, issue, acting, head, kind):
    response = taken(kind)
    assert response["Content-Type"] == KINDS[kind][0]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    with acting(head):
        log = AccessLog.objects.get()
    assert (log.action, log.subject, log.field) == (KINDS[kind][1], "reports.issue", kind)
    assert (log.subject_id, log.unit_id, log.user) == (issue.pk, issue.unit_id, head)


@pytest.mark.parametrize("kind", KINDS)
def test_others_find_nothing_and_nothing_is_logged(
    client_of, make_user, other_community, issue, kind
):
    stranger = make_user(Role.COMMUNITY_HEAD, other_community)
    assert client_of(stranger).get(address(issue, kind)).status_code == 404


def test_unknown_kind_is_missing(client_of, head, issue):
    assert client_of(head).get(address(issue, "evidence.csv")).status_code == 404


def test_signed_pdf_is_pdf_a_with_the_evidence_and_no_name_in_it(issue):
    with pikepdf.open(io.BytesIO(proof.pdf_of(issue))) as opened, opened.open_metadata() as told:
        assert told.pdfa_status == "3A"
        inside = opened.attachments["evidence.xlsx"].get_file().read_bytes()
    book = workbook(inside)
    assert book.sheetnames[0] == "指标"
    assert len(book.sheetnames) > 1
    cells = [str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row]
    assert any("disability.visits_home" in cell for cell in cells)
    for name in ("黄文发", "单小花", "欧阳丹"):
        assert not any(name in cell for cell in cells)
    assert any("黄*发" in cell for cell in cells)


def test_public_pdf_is_the_one_that_was_made_when_it_was_signed(issue, taken):
    data = taken("public.pdf").content
    assert data == proof.pdf_of(issue, public=True) == bytes(issue.public_pdf)
    assert "公开版" in read_text(data)
    assert f"入户走访{HOME}人次" in read_text(data)


def test_codes_are_printed_on_the_copy_that_asks_for_them(issue, taken):
    assert "disability.visits_home" in read_text(taken("codes.pdf").content)
    assert "disability.visits_home" not in read_text(proof.pdf_of(issue))


def test_word_and_html_tell_the_same_words_as_the_pdf(issue, taken):
    words = f"入户走访{HOME}人次"
    document = Document(io.BytesIO(taken("word.docx").content))
    assert any(words in paragraph.text for paragraph in document.paragraphs)
    assert words in read_text(proof.pdf_of(issue))
    html = taken("page.html").content.decode()
    assert f">{HOME}人次</a>" in html
    assert f"校验码：{issue.sha256[:16]}" in html


def test_workbook_holds_the_rows_with_names_and_no_number_in_clear(taken):
    book = workbook(taken("evidence.xlsx").content)
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    visits = [row for row in rows if row[0] == "disability.visits_home"]
    assert len(visits) == HOME + 1  # its rows, and its line among the figures
    assert any("黄文发" in str(cell) for row in visits for cell in row)


def test_workbook_leaves_out_what_the_reader_may_not_see(acting, issue, head, monkeypatch):
    """Rows of a domain that the account has no right to are told by number, day and unit alone."""
    from reports.views import downloads

    class Access:
        def may(self, permission, unit):
            return permission != "disability.view"

    monkeypatch.setattr(downloads, "access_of", lambda user: Access())
    with acting(head):
        book = workbook(downloads.made(issue, "evidence.xlsx", head))
    cells = [str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row]
    assert not any("黄文发" in cell for cell in cells)


def test_altered_public_file_is_not_handed_out(client_of, head, issue, monkeypatch):
    monkeypatch.setattr(proof, "hash_of", lambda data: "0" * 64)
    response = client_of(head).get(address(issue, "public.pdf"))
    assert response.status_code == 409
    assert "校验码" in response.content.decode()


def test_page_offers_every_file_and_the_filing_of_the_scan(client_of, head, issue):
    page = client_of(head).get(issue.get_absolute_url()).content.decode()
    for kind in KINDS:
        assert address(issue, kind) in page
    assert reverse("issue-scans", args=[issue.pk]) in page


def test_qr_of_the_paper_leads_to_the_issue(client_of, head, issue, settings):
    read = pypdfium2.PdfDocument(proof.pdf_of(issue))
    told = "".join(page.get_textpage().get_text_range() for page in read)
    read.close()
    assert issue.sha256[:16] in told
    with pikepdf.open(io.BytesIO(proof.pdf_of(issue))) as opened:
        [alt] = [
            str(node.Alt)
            for node in opened.objects
            if isinstance(node, pikepdf.Dictionary)
            and node.get("/S") == pikepdf.Name.Figure
            and "二维码" in str(node.get("/Alt"))
        ]
    path = reverse("issue-proof", args=[issue.sha256[:16]])
    assert alt.endswith(settings.PORTAL_URL + path)
    assert client_of(head).get(path).url == issue.get_absolute_url()

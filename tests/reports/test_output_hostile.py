"""A narrative with template syntax, HTML, scripts, file:// and http:// images stays text everywhere."""

import http.server
import io
import threading
import zipfile

import pytest
from docx import Document

from reports.output.docx import docx_of_document
from reports.output.html import html_of_document
from reports.output.pdf import pdf_of_document
from reports.output.workbook import evidence_workbook
from tests.portal.pdf_pages import read_text
from tests.reports.papers import VALUES, content, draft, visit
from tests.reports.test_output_html import Elements
from tests.reports.test_output_workbook import OPEN, rows_of, sheets


@pytest.fixture(scope="module")
def canary():
    """The address of a server on this machine, and what it was asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def narrative(canary):
    address, _ = canary
    return (
        "{{7*7}}{%debug%}{{request.user.password}}${7*7}%(x)s"
        "<script>alert(1)</script><b>粗</b>&lt;&amp;]]><!--"
        f"<imgsrc='file:///etc/hostname'><imgsrc='{address}/a.png'>"
        f"![图]({address}/b.png)url(file:///etc/passwd)</p></style>"
    )


def test_pdf(narrative, canary):
    document = draft(narrative, title=narrative[:60])
    assert narrative in read_text(pdf_of_document(document))
    assert canary[1] == []


def test_docx(narrative, canary):
    made = docx_of_document(draft(narrative))
    [text, _] = [p for p in Document(io.BytesIO(made)).paragraphs if p.style.name == "正文段落"]
    assert text.text == narrative
    package = zipfile.ZipFile(io.BytesIO(made))
    for name in package.namelist():
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in package.read(name)
    assert "HYPERLINK" not in package.read("word/document.xml").decode()
    assert canary[1] == []


def test_html(narrative, canary):
    page = html_of_document(draft(narrative), VALUES).decode()
    elements = Elements(page)
    assert narrative in elements.text
    assert [tag for tag, _ in elements.found if tag in {"script", "b"}] == []
    assert elements.named("img") == []
    assert canary[1] == []


def test_control_characters_do_not_break_a_file():
    bad = "走访\x0b\x00黄文发\ud800结束"
    text = Document(io.BytesIO(docx_of_document(draft(bad)))).paragraphs[2].text
    assert text == "走访黄文发结束"


def test_workbook(narrative):
    data = evidence_workbook(content(), rows_of(visit(1, 内容=narrative)), open_to=OPEN)
    [_, rows] = sheets(data).values()
    assert rows[1][-1] == narrative

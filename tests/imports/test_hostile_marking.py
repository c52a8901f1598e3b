"""A workbook that would take all memory when it is opened for writing is not opened: its list is."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.imports import weighing
from tests.imports.conftest import PEOPLE, citizen, xlsx

WRONG = citizen(5)[:-1] + ("0" if citizen(5)[-1] != "0" else "1")
SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"
LINKS = b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'
NOTES = (
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors/>'
    b'<commentList><comment ref="A1:XFD1048576" authorId="0"/></commentList></comments>'
)


def with_part(name=SHEET, change=lambda old: old) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(xlsx(居民=[PEOPLE[:2], ["韦英堃", WRONG]])))
    target = io.BytesIO()
    parts = {each: source.read(each) for each in source.namelist()}
    parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for each, content in parts.items():
            book.writestr(each, content)
    return target.getvalue()


def after_the_rows(more: bytes):
    return with_part(change=lambda old: old.replace(END, END + more))


def last_row(more: bytes):
    return with_part(change=lambda old: old.replace(END, more + END))


HOSTILE = {
    "merged": after_the_rows(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "linked": after_the_rows(LINKS),
    "noted": with_part("xl/comments1.xml", lambda old: NOTES),
    "below": last_row(b'<row r="1048576"><c r="A1048576"/></row>'),
    "right": last_row(b'<row r="9"><c r="XFD9"/></row>'),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_not_marked(client_of, clerk, kind):
    browser = client_of(clerk)
    file = SimpleUploadedFile("名册.xlsx", HOSTILE[kind])
    sent = {"_key": str(uuid.uuid4()), "file": file}
    batch = browser.post("/ledger/residents/import/", sent)
    assert batch.status_code == 302
    sent = {"_key": str(uuid.uuid4()), "what": "marked"}
    answer = browser.post(f"{batch['Location']}refused/", sent)
    assert answer.status_code == 409
    assert "请下载问题清单" in answer.content.decode()
    sent = {"_key": str(uuid.uuid4()), "what": "list"}
    assert browser.post(f"{batch['Location']}refused/", sent).status_code == 200


def test_cells_that_only_have_a_look_count(monkeypatch):
    monkeypatch.setattr(weighing, "MOST_CELLS", 30)
    assert not weighing.is_too_heavy(with_part())
    looks = b"".join(b'<c r="A%d" s="0"/>' % number for number in range(10, 50))
    assert weighing.is_too_heavy(last_row(b'<row r="9">' + looks + b"</row>"))

"""The two files of an issue: the full one with its evidence, the public one that names nobody."""

import io
import zipfile

import openpyxl
import pikepdf
import pytest

from reports.output.pdf import papers_of
from reports.output.preflight import stopping
from tests.portal.pdf_pages import read_text
from tests.reports.papers import BUNDLE, LONG_NAME, RARE, content, hash_for

NAMES = ["黄文发", "李梅", "陈刚", LONG_NAME, RARE]


def papers(kept):
    return papers_of(kept, BUNDLE, sha256=hash_for(kept), names=NAMES)


@pytest.fixture(scope="module")
def made():
    return papers(content())


def inside(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return opened.attachments["evidence.xlsx"].get_file().read_bytes()


def unpacked(xlsx: bytes) -> str:
    package = zipfile.ZipFile(io.BytesIO(xlsx))
    return "".join(package.read(name).decode() for name in package.namelist())


def test_same_content_gives_the_same_papers(made):
    assert papers(content()) == made


def test_both_are_kept_files_and_pass_the_check(made):
    for pdf in (made.full, made.public):
        with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as told:
            assert told.pdfa_status == "3A"
    assert all(check.ok for check in made.checks)


def test_full_one_names_and_its_evidence_does_not(made):
    text = read_text(made.full)
    assert LONG_NAME in text
    assert RARE in text
    cells = unpacked(inside(made.full))
    assert "黄*发" in cells
    assert "李*、陈*" in cells
    for name in NAMES:
        assert name not in cells


def test_public_one_names_nobody_in_words_or_evidence(made):
    text, cells = read_text(made.public), unpacked(inside(made.public))
    assert "公开版" in text
    for name in NAMES:
        assert name not in text
        assert name not in cells
    assert "欧阳*㛃" in text
    assert openpyxl.load_workbook(io.BytesIO(inside(made.public))).sheetnames == ["指标"]


def test_every_page_of_the_public_one_says_so(made):
    with pikepdf.open(io.BytesIO(made.public)) as opened:
        assert str(opened.docinfo["/Title"]).endswith("（公开版）")
        pages = len(opened.pages)
    # On each page, in the title of the bookmarks not, in the note once.
    assert read_text(made.public).count("公开版") == pages + 1
    assert "公开版" not in read_text(made.full)


def test_both_print_the_check_number_of_the_full_content(made):
    code = f"校验码：{hash_for(content())[:16]}"
    assert code in read_text(made.full)
    assert code in read_text(made.public)


def test_box_for_a_name_refuses():
    refusals = stopping(papers(content("慰问王\U0002ebf0。")).checks)  # of both papers
    assert refusals
    assert all("U+2EBF0" in refusal.message for refusal in refusals)

"""The Word document: its structure by python-docx, its pages as LibreOffice lays them out."""

import io
import subprocess
import zipfile

import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from portal.pdf.blocks import Heading, OfficialDocument, Para
from reports.output.docx import docx_of_document
from reports.output.preflight import words_of
from tests.portal.pdf_pages import read_pages
from tests.reports.papers import LONG_NAME, RARE, WIDE, draft

LEVELS = [Heading(1, "一、走访"), Heading(2, "（一）入户"), Heading(3, "1.电话"), Para(["正文"])]


@pytest.fixture(scope="module")
def made() -> bytes:
    return docx_of_document(draft())


@pytest.fixture(scope="module")
def opened(made):
    return Document(io.BytesIO(made))


def paragraphs(document, style):
    return [p.text for p in document.paragraphs if p.style.name == style]


def test_each_part_has_a_style_of_its_own(opened):
    assert paragraphs(opened, "Title") == ["明珠社区2025年残疾人工作总结"]
    assert paragraphs(opened, "Heading 1") == ["一、走访情况"]
    [text, see] = paragraphs(opened, "正文段落")
    assert text.startswith("共走访残疾人192人次，覆盖率82.1%（128/156）")
    assert LONG_NAME in text
    assert RARE in text
    assert see == f"（{WIDE.title}见附件）"
    assert paragraphs(opened, "附件说明") == [f"附件：{WIDE.title}"]
    assert paragraphs(opened, "落款") == ["明珠社区居民委员会", "2026年1月8日"]
    assert paragraphs(opened, "附件标题") == [WIDE.title]
    assert {table.style.name for table in opened.tables} == {"表格"}


def test_headings_are_those_of_the_outline_in_the_faces_of_the_standard():
    document = Document(io.BytesIO(docx_of_document(OfficialDocument("题", blocks=LEVELS))))
    expected = [("Heading 1", "黑体"), ("Heading 2", "楷体_GB2312"), ("Heading 3", "仿宋_GB2312")]
    for level, (name, font) in enumerate(expected):
        style = document.styles[name]
        fonts = style.element.rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "eastAsia")} == {font}
        assert style.font.size.pt == 16
        assert style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == str(level)
        assert style.element.find(qn("w:aliases")) is not None
    assert [p.style.name for p in document.paragraphs][2:] == [
        *(n for n, _ in expected),
        "正文段落",
    ]


def test_page_is_that_of_the_standard(opened):
    first = opened.sections[0]
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(margin.mm, 1) for margin in margins] == [37, 35, 28, 26]
    grid = first._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch, space = int(grid.get(qn("w:linePitch"))), int(grid.get(qn("w:charSpace")))
    assert int(225 / 25.4 * 1440 / pitch) == 22
    assert int(156 / 25.4 * 72 / (16 + space / 4096)) == 28


def test_wide_table_has_a_section_that_lies(opened):
    assert [section.orientation for section in opened.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    ]
    lying = opened.sections[1]
    margins = (lying.top_margin, lying.right_margin, lying.bottom_margin, lying.left_margin)
    assert [round(margin.mm, 1) for margin in margins] == [28, 37, 26, 35]


def test_page_number_is_a_field_on_the_outer_side(opened):
    assert opened.settings.odd_and_even_pages_header_footer
    for section in opened.sections:
        for footer in (section.footer, section.even_page_footer):
            assert not footer.is_linked_to_previous
            xml = footer._element.xml
            assert xml.count("PAGE") == 1
            assert xml.count("—") == 2
    upright, lying = opened.sections
    assert upright.footer.paragraphs[0].alignment == 2  # right
    assert upright.even_page_footer.paragraphs[0].alignment == 0
    assert 'vert="vert"' in lying.footer._element.xml


def test_heads_of_tables_are_repeated_and_rows_are_not_torn(opened):
    for table in opened.tables:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        assert [row.trPr.find(qn("w:tblHeader")) for row in rows[1:]] == [None] * (len(rows) - 1)
    assert [len(table.rows) for table in opened.tables] == [14, 33]


def test_chart_is_a_picture_with_words(opened):
    [shape] = opened.inline_shapes
    assert shape._inline.docPr.get("descr").startswith("图：分月情况")
    assert paragraphs(opened, "图名")[-1].startswith("图：分月情况")


def test_file_tells_its_title_its_author_and_the_documents_day(opened):
    about = opened.core_properties
    assert (about.title, about.author) == ("明珠社区2025年残疾人工作总结", "明珠社区居民委员会")
    assert (about.language, about.created.isoformat()[:10]) == ("zh-CN", "2026-01-08")


def test_fonts_that_a_machine_lacks_have_others_in_their_place(made):
    table = zipfile.ZipFile(io.BytesIO(made)).read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"' in table
    assert 'w:altName w:val="仿宋,' in table


def test_same_document_gives_the_same_bytes(made):
    assert docx_of_document(draft()) == made


def test_codes_are_superscripts_only_where_asked(made):
    coded = Document(io.BytesIO(docx_of_document(draft(codes=True))))
    runs = [run for p in coded.paragraphs for run in p.runs if run.font.superscript]
    assert next(run.text for run in runs) == "disability.visits"
    assert b"disability.visits" not in zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml")


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """LibreOffice's PDF of a .docx; script/setup --tests installs it."""
    folder = tmp_path_factory.mktemp("office")

    def convert(data: bytes) -> bytes:
        (folder / "summary.docx").write_bytes(data)
        profile = (folder / "profile").as_uri()
        command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to"]
        subprocess.run(
            [*command, "pdf", "--outdir", folder, folder / "summary.docx"],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return (folder / "summary.pdf").read_bytes()

    return convert


def test_libreoffice_prints_every_word_on_pages_that_stand_and_lie(converted, made):
    pdf = converted(made)
    read = pypdfium2.PdfDocument(pdf)
    told = "".join("".join(p.get_textpage().get_text_range().split()) for p in read)
    sizes = [(round(p.get_width() / 72 * 25.4), round(p.get_height() / 72 * 25.4)) for p in read]
    read.close()
    for words in words_of(draft()):
        assert "".join(words.split()) in told, words
    assert sizes[0] == (210, 297)
    assert sizes[-1] == (297, 210)
    assert "—1—" in told
    assert f"—{len(sizes)}—" in told


def test_libreoffice_lays_a_full_page_of_22_lines_of_28_characters(converted):
    """The page's grid holds where the fonts of an office are missing, too."""
    specimen = OfficialDocument("题", blocks=[Para(["国" * 28 * 60])])
    page = read_pages(converted(docx_of_document(specimen)))[1]
    assert [len(line.text) for line in page[:-1]] == [28] * 22
    assert min(line.left for line in page[:-1]) == pytest.approx(28, abs=1)
    # Word's grid gives whole twentieths of a point: 28 characters end up to 1.5 mm before the edge.
    assert 210 - max(line.right for line in page[:-1]) == pytest.approx(26, abs=1.5)
    assert page[-1].text == "—2—"
    assert page[-1].left - 28 == pytest.approx(14 / 72 * 25.4, abs=0.6)

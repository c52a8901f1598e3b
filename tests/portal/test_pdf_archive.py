"""A PDF to be kept: PDF/A-3a with files inside, read back by another program (veraPDF where an office has
it: docs/adr/0036)."""

import io
from datetime import UTC, date, datetime

import pikepdf
import pypdfium2
import pytest

from portal.pdf import Enclosure, render_pdf
from portal.pdf.blocks import FigureRun, Heading, OfficialDocument, Para, Table, annexes
from tests.portal.test_pdf_engine import _structure

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RARE = "𠮷㛃堃镕·买买提"
KEPT = Enclosure(
    "evidence.xlsx", b"PK a workbook", XLSX, "证据工作簿", datetime(2025, 12, 31, tzinfo=UTC)
)


def document() -> OfficialDocument:
    table = Table("分月", "单位：人次", ["月份", "走访"], [["1月", "12"]], (1,), ["合计", "12"])
    return OfficialDocument(
        title="明珠社区2025年度工作总结",
        blocks=[
            Heading(1, "一、走访2025年"),
            Para(["走访了", FigureRun("12人次", "a.b"), f"，其中有{RARE}。" + "国" * 28 * 25]),
            Heading(2, "（一）电话"),
            table,
        ],
        annexes=annexes([("各月情况", [table])]),
        signature="明珠社区",
        date="2025年12月31日",
        dated=date(2025, 12, 31),
        notes=["校验码：0123"],
        proof_url="https://portal.example.org/proof/0123/",
    )


def printed(kept=(KEPT,)) -> bytes:
    return render_pdf("pdf/official.html", {"doc": document()}, kept=kept)


@pytest.fixture(scope="module")
def pdf():
    return printed()


@pytest.fixture
def opened(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as found:
        yield found


def test_same_input_gives_the_same_bytes_and_another_file_inside_others(pdf):
    assert printed() == pdf
    other = Enclosure("evidence.xlsx", b"PK another", XLSX, "证据工作簿", KEPT.moment)
    with (
        pikepdf.open(io.BytesIO(printed([other]))) as changed,
        pikepdf.open(io.BytesIO(pdf)) as same,
    ):
        assert changed.trailer["/ID"][0] != same.trailer["/ID"][0]


def test_file_says_that_it_is_pdf_a_3a_with_its_colours(opened):
    with opened.open_metadata() as told:
        assert told.pdfa_status == "3A"
        assert told["dc:title"] == "明珠社区2025年度工作总结"
        assert told["dc:creator"] == ["明珠社区"]
        assert told["xmp:CreateDate"] == "2025-12-31"
    [intent] = opened.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
    assert opened.pdf_version == "1.7"
    assert not opened.is_encrypted
    assert "/AA" not in opened.Root
    assert "/OpenAction" not in opened.Root


def test_data_of_the_file_hold_the_documents_day_and_no_clock(opened):
    assert str(opened.docinfo["/Author"]) == "明珠社区"
    assert str(opened.docinfo["/CreationDate"]) == "D:20251231"
    assert "/ModDate" not in opened.docinfo


def test_workbook_lies_inside_with_its_relation_to_the_document(opened):
    [spec] = opened.Root.AF
    assert str(spec.AFRelationship) == "/Data"
    assert (str(spec.F), str(spec.UF), str(spec.Desc)) == (KEPT.name, KEPT.name, "证据工作簿")
    stream = spec.EF.F
    assert stream.read_bytes() == KEPT.content
    assert str(stream.Subtype) == f"/{XLSX}"
    assert str(stream.Params.ModDate) == "D:20251231000000Z"
    assert list(opened.attachments) == [KEPT.name]


def test_fonts_are_embedded_and_every_glyph_has_its_character(opened):
    for page in opened.pages:
        for font in page.Resources.Font.values():
            assert "/ToUnicode" in font
            keys = set(font.DescendantFonts[0].FontDescriptor.keys())
            assert keys & {"/FontFile2", "/FontFile3"}


def test_document_is_tagged_and_its_bookmarks_are_the_headings(opened):
    assert str(opened.Root.Lang) == "zh-CN"
    assert bool(opened.Root.MarkInfo.Marked)
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    kinds = {str(kind) for kind in _structure(opened.Root.StructTreeRoot)}
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/THead", "/TH", "/TD", "/Figure"} <= kinds
    with opened.open_outline() as outline:
        [top] = outline.root
        assert top.title == "明珠社区2025年度工作总结"
        first, annex = top.children
        assert (first.title, annex.title) == ("一、走访2025年", "附件 各月情况")
        assert [child.title for child in first.children] == ["（一）电话"]


def test_drawings_have_words_instead(opened):
    figures = [
        node
        for node in opened.objects
        if isinstance(node, pikepdf.Dictionary) and node.get("/S") == pikepdf.Name.Figure
    ]
    assert len(figures) == 1
    assert "https://portal.example.org/proof/0123/" in str(figures[0].Alt)


def test_page_numbers_are_not_read_and_all_else_is(opened):
    """Each marked piece is in the tree of tags, or an artifact."""
    read = _read_pieces(opened)
    for number, page in enumerate(opened.pages):
        marks = [
            (str(operands[0]), operands[1])
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC"
        ]
        assert {int(about["/MCID"]) for tag, about in marks if tag != "/Artifact"} == read[number]
        assert [str(about["/Type"]) for tag, about in marks if tag == "/Artifact"] == [
            "/Pagination"
        ]


def _read_pieces(opened) -> dict[int, set[int]]:
    """By page the numbers of the pieces that the tree of tags comes to."""
    pages = {page.objgen: number for number, page in enumerate(opened.pages)}
    found = {number: set() for number in pages.values()}
    waiting = [opened.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        for kid in node.get("/K", []):
            if isinstance(kid, int):
                found[pages[node.Pg.objgen]].add(kid)
            elif isinstance(kid, pikepdf.Dictionary):
                waiting.append(kid)
    return found


def test_chinese_can_be_copied_with_its_rare_characters(pdf):
    read = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in read)
    read.close()
    told = "".join(text.split())
    assert f"走访了12人次，其中有{RARE}。" in told
    assert told.count("国") == 28 * 25
    assert told.startswith("明珠社区2025年度工作总结一、走访2025年")


def test_file_that_is_not_kept_holds_no_other(caplog):
    with pikepdf.open(io.BytesIO(printed(None))) as plain, plain.open_metadata() as told:
        assert told.pdfa_status == ""
        assert "/AF" not in plain.Root

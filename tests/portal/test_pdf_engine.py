"""The renderer as a part of a busy process: repeatable, in threads, tagged, and without private API."""

import io
import logging
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest

from portal.pdf import render_pdf
from portal.pdf.blocks import Heading, OfficialDocument, Para, Table
from portal.pdf.justify import justify
from tests.portal.pdf_pages import read_pages, read_text


def printed(text: str, **content) -> bytes:
    document = OfficialDocument(title="社区工作总结", blocks=[Para([text])], **content)
    return render_pdf("pdf/official.html", {"doc": document})


def test_same_input_gives_same_bytes_whatever_was_printed_between():
    first = printed("走访129人次。", draft=True, notes=["数据截至今日"])
    printed("别的文件，喆堃镕。")
    assert printed("走访129人次。", draft=True, notes=["数据截至今日"]) == first
    assert printed("走访130人次。", draft=True, notes=["数据截至今日"]) != first


def test_file_holds_no_clock_time():
    with pikepdf.open(io.BytesIO(printed("正文"))) as document:
        assert sorted(document.docinfo) == ["/Producer", "/Title"]
        assert document.trailer["/ID"][0] != b""


def test_threads_print_at_once_and_each_gets_its_own_document():
    texts = [f"第{number}份文件" * 30 for number in range(6)]
    alone = [printed(text) for text in texts]
    with ThreadPoolExecutor(max_workers=3) as threads:
        together = list(threads.map(printed, texts))
    assert together == alone


def test_document_is_tagged_in_chinese_with_its_title():
    blocks = [Heading(1, "一、概况"), Para(["正文"]), Table("表", "", ["项目"], [["走访"]])]
    document = OfficialDocument(title="社区\n工作总结", blocks=blocks)
    pdf = render_pdf("pdf/official.html", {"doc": document})
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "zh-CN"
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.docinfo["/Title"]) == "社区工作总结"
        kinds = {str(kind) for kind in _structure(opened.Root.StructTreeRoot)}
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD"} <= kinds


def _structure(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _structure(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from _structure(node["/K"])


def test_all_fonts_are_embedded_as_subsets():
    blocks = [Heading(1, "黑"), Heading(2, "“楷”"), Para(["仿宋，喆𠮷12"])]
    pdf = render_pdf("pdf/official.html", {"doc": OfficialDocument(title="宋", blocks=blocks)})
    assert len(pdf) < 200_000
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = document.pages[0].Resources.Font
        embedded = {
            str(font.BaseFont): {"/FontFile2", "/FontFile3"}
            & set(font.DescendantFonts[0].FontDescriptor.keys())
            for font in fonts.values()
        }
    assert len(embedded) >= 5
    assert all(embedded.values()), embedded


@pytest.mark.parametrize("name", ["喆堃镕昇玥翀璟", "𠮷㐂", "买买提·吐尔逊·阿卜杜热合曼"])
def test_rare_names_are_printed_whole_in_every_typeface(name, caplog):
    blocks = [Heading(1, name), Heading(2, name), Para([name]), Table(name, "", ["甲"], [[name]])]
    document = OfficialDocument(
        title=name, subtitle=name, blocks=blocks, signature=name, notes=[name]
    )
    with caplog.at_level(logging.WARNING):
        pdf = render_pdf("pdf/official.html", {"doc": document})
    assert read_text(pdf).count(name) == 9
    assert "notdef" not in caplog.text
    fonts = {c.font for page in read_pages(pdf) for line in page for c in line.chars}
    ours = {"FandolFang", "LXGWWenKai", "NotoSerifCJKsc", "NotoSansCJKsc", "wide"}
    assert {font.split("-")[0] for font in fonts} <= ours


def test_lines_are_ragged_with_a_warning_when_the_private_api_is_gone(monkeypatch, caplog):
    text = "国，" * 200
    assert max(_widths(printed(text))) == pytest.approx(156, abs=0.1)
    monkeypatch.delattr("weasyprint.text.line_break.split_first_line")
    with caplog.at_level(logging.WARNING):
        ragged = printed(text.replace("，", "国，"))
    assert any(width < 153 for width in _widths(ragged))
    assert "stay ragged" in caplog.text


def _widths(pdf: bytes) -> list[float]:
    return [line.width for page in read_pages(pdf) for line in page[:-1]][2:-1]


def test_justify_warns_about_a_document_it_does_not_understand(caplog):
    class Document:
        pages = (object(),)

    justify(Document())
    assert "stay ragged" in caplog.text

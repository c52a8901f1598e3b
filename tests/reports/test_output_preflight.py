"""付印检查 sees in the file what a printer would see, and refuses a paper with a box for a name."""

from dataclasses import replace

import pikepdf
import pytest
from django.template.loader import render_to_string

from portal.pdf.blocks import Heading, OfficialDocument, Para, Table
from portal.pdf.engine import engine
from portal.pdf.measure import read_pdf
from reports.output import preflight as module
from reports.output.pdf import pdf_of_document
from reports.output.preflight import preflight, stopping
from tests.reports.papers import RARE, draft

UNPRINTABLE = "\U0002ebf0"  # of GB 18030-2022's latest amendment: no free font has it


def checked(*blocks, title="明珠社区工作总结", pdf=None, **options):
    document = OfficialDocument(title, blocks=blocks, **options)
    return preflight(document, pdf or pdf_of_document(document))


@pytest.fixture(scope="module")
def full():
    return checked(Para(["国" * 28 * 60]), Heading(1, "一、走访"), Para(["走访12人次"]))


def test_full_page_is_measured_as_22_lines_of_28_characters(full):
    told = "\n".join(check.message for check in full)
    assert all(check.ok for check in full)
    assert "每面 22 行（最满的一面 22 行）" in told
    assert "每行 28 字（最满的一行 28.0 字）" in told
    assert "字体全部嵌入" in told


def test_whole_summary_passes_and_its_rare_characters_are_named_with_their_codes():
    document = draft()
    checks = preflight(document, pdf_of_document(document))
    assert all(check.ok for check in checks), checks
    assert any("𠮷（U+20BB7）、㛃（U+36C3）" in check.message for check in checks)
    assert RARE in "".join(module.words_of(document))


@pytest.mark.parametrize(
    "content",
    [
        {"title": f"{UNPRINTABLE}先生"},
        {"blocks": [Para([f"看望欧阳{UNPRINTABLE}一家"])]},
        {"blocks": [Heading(1, f"一、{UNPRINTABLE}")]},
        {"blocks": [Table("表", "", ["姓名"], [[f"王{UNPRINTABLE}"]])]},
        {"signature": f"{UNPRINTABLE}社区"},
        {"notes": [f"{UNPRINTABLE}"]},
    ],
)
def test_character_without_a_glyph_refuses_the_issue_wherever_it_stands(content):
    blocks = content.pop("blocks", [Para(["正文"])])
    [refusal] = stopping(checked(*blocks, **content))
    assert "U+2EBF0" in refusal.message
    assert UNPRINTABLE not in refusal.message
    assert "方框" in refusal.message


def test_private_characters_are_refused_too():
    [refusal] = stopping(checked(Para(["王\ue123"])))
    assert "“王〓”中的 U+E123" in refusal.message


def test_box_in_the_file_itself_is_seen():
    """Whatever the list of fonts says: the file was printed with a box."""
    boxed = pdf_of_document(OfficialDocument("题", blocks=[Para([f"王{UNPRINTABLE}"])]))
    messages = [check.message for check in stopping(checked(Para(["王"]), title="题", pdf=boxed))]
    assert messages == ["文件里有 1 个印不出的字（方框），不能签发。"]


def test_character_that_was_dropped_is_named():
    other = pdf_of_document(OfficialDocument("题", blocks=[Para(["走访"])]))
    messages = [c.message for c in stopping(checked(Para(["走访黄文发"]), title="题", pdf=other))]
    assert messages == ["这些字没有印进文件，不能签发：黄（U+9EC4）、文（U+6587）、发（U+53D1）。"]


def test_font_that_is_not_embedded_is_named(tmp_path):
    document = OfficialDocument("题", blocks=[Para(["走访"])])
    path = tmp_path / "loose.pdf"
    path.write_bytes(pdf_of_document(document))
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        font = next(iter(opened.pages[0].Resources.Font.values()))
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]
        name = str(font.BaseFont).partition("+")[2]
        opened.save(path)
    [refusal] = stopping(preflight(document, path.read_bytes()))
    assert refusal.message == f"字体没有嵌入：{name}。"


@pytest.mark.parametrize(
    ("style", "number"),
    [("line-height: 11.5mm", 4), ("font-size: 15.9pt", 5), ("position: relative; left: -9mm", 6)],
)
def test_page_laid_out_otherwise_is_seen(style, number):
    """Another pitch, larger characters, text in the margin: each in the words of its check."""
    document = OfficialDocument("题", blocks=[Para(["国" * 28 * 30])])
    html = render_to_string("pdf/official.html", {"doc": document})
    html = html.replace('class="para', f'style="{style}" class="para')
    checks = preflight(document, engine().write(html, "official"))
    assert [index for index, check in enumerate(checks) if not check.ok] == [number], checks


@pytest.mark.parametrize(
    ("sheet", "change", "ok"),
    [
        (0, {}, True),
        (0, {"y": 266.0}, False),  # below the last line
        (0, {"y": 34.0}, False),
        (0, {"x": 184.0}, False),
        (2, {"y": 190.0}, False),  # of a table on a turned page
        (2, {"x": 200.0}, True),
    ],
)
def test_what_sticks_out_of_the_type_area_is_seen_everywhere(whole, sheet, change, ok):
    page = whole.sheets[sheet]
    moved = replace(next(g for g in page.glyphs if g.upright and g.text.strip()), **change)
    sheets = list(whole.sheets)
    sheets[sheet] = replace(page, glyphs=(*page.glyphs, moved))
    check = module._inside(replace(whole, sheets=tuple(sheets)))
    assert check.ok is ok
    assert ok or f"第 {sheet + 1} 面" in check.message


@pytest.fixture(scope="module")
def whole():
    return read_pdf(pdf_of_document(draft()))


def test_the_public_file_is_checked_by_itself():
    document = OfficialDocument("题", blocks=[Para(["走访"])], edition="公开版")
    assert module.preflight_public(document, pdf_of_document(document)) == []
    boxed = OfficialDocument("题", blocks=[Para([f"王{UNPRINTABLE}"])], edition="公开版")
    [refusal] = stopping(module.preflight_public(boxed, pdf_of_document(boxed)))
    assert refusal.message.startswith("公开版：字库里没有这些字")

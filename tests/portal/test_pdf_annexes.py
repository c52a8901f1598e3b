"""附件, landscape pages and the page number on them, measured on printed pages (GB/T 9704-2012)."""

import pytest

from portal.pdf import render_pdf
from portal.pdf.blocks import OfficialDocument, Para, Table, annexes
from portal.pdf.measure import read_pdf
from tests.portal.pdf_pages import read_pages
from tests.portal.test_pdf_layout import BELOW, LEFT, RIGHT, body, printed

CHARACTER, LINE = 5.57, 10.449
MONTHS = [f"{month}月" for month in range(1, 13)]
NARROW = Table("窄表", "", ["月份", "走访"], [[m, "1"] for m in MONTHS], (1,))
HEADERS = ["月份", *(f"走访慰问残疾人{n}" for n in range(11))]
WIDE = Table("", "单位：人次", HEADERS, [[str(n), *["1234"] * 11] for n in range(60)], range(1, 12))


@pytest.mark.parametrize(
    ("headers", "cells", "wide"),
    [
        (["月份", "走访"], ["1月", "3"], False),
        (["街道", *MONTHS], ["明珠社区", *["12"] * 12], False),
        (["月份", *["走访慰问残疾人"] * 11], ["1月", *["1234"] * 11], True),
        (["社区", *["金额"] * 6], ["明珠社区", *["12,345,678.00"] * 6], True),
        (["序号", "说明", "备注", "时间"], ["1", "长句" * 40, "长句" * 40, "2025-01-01"], False),
    ],
)
def test_table_lies_across_when_an_upright_page_would_tear_it(headers, cells, wide):
    table = Table(
        "表", "", headers, [cells], range(1, len(headers)) if "1234" in cells or wide else ()
    )
    assert table.wide is wide


def test_given_widths_stay_upright():
    assert not Table("表", "", HEADERS, [["1"] * 12], widths=[1] * 12).wide


def test_widths_leave_room_for_every_number_and_fill_the_page():
    shares = [float(percent) for percent in WIDE.percents]
    assert sum(shares) == pytest.approx(100, abs=0.01)
    assert shares[0] * 225 / 100 >= 2 * 3.7 + 3  # 月份 in one line, with its padding


@pytest.mark.parametrize(
    ("columns", "size"), [(12, ""), (17, "small"), (20, "smaller"), (40, "smaller")]
)
def test_print_becomes_smaller_where_even_the_turned_page_is_too_narrow(columns, size):
    table = Table(
        "表", "", ["号", *["走访慰问户"] * columns], [["1", *["123456"] * columns]], range(41)
    )
    assert (table.wide, table.print_size) == (True, size)


@pytest.fixture(scope="module")
def wide_pages():
    text = [Para(["国" * 28 * 30])]
    pdf = printed(
        blocks=text,
        annexes=annexes([("明珠社区分月走访情况", [WIDE]), ("窄", [NARROW])]),
        signature="明珠社区",
        date="2025年12月31日",
    )
    return read_pages(pdf), read_pdf(pdf)


def test_annexes_are_listed_below_the_text_and_above_the_name(wide_pages):
    pages, _ = wide_pages
    lines = body(pages[1])
    last = next(n for n, line in enumerate(lines) if line.text.startswith("附件"))
    text, first, second, name = lines[last - 1 : last + 3]
    assert (first.text, second.text) == ("附件：1.明珠社区分月走访情况", "2.窄")
    assert (first.chars[0].y - text.chars[0].y) / LINE == pytest.approx(2, abs=0.05)
    assert (first.chars[0].x - LEFT) / CHARACTER == pytest.approx(2, abs=0.05)
    assert second.chars[0].x == pytest.approx(first.chars[3].x, abs=0.1)
    assert second.chars[2].x == pytest.approx(first.chars[5].x, abs=0.1)
    assert name.text == "明珠社区"
    assert (name.chars[0].y - second.chars[0].y) / LINE == pytest.approx(2, abs=0.05)


def test_long_name_of_an_annex_goes_on_below_its_first_character():
    (page, *_) = read_pages(
        printed(blocks=[Para(["国"])], annexes=annexes([("长" * 40, []), ("短", [])]))
    )
    first, more = body(page)[2:4]
    assert more.chars[0].x == pytest.approx(first.chars[5].x, abs=0.1)
    (page, *_) = read_pages(printed(blocks=[Para(["国"])], annexes=annexes([("长" * 40, [])])))
    first, more = body(page)[2:4]
    assert first.text.startswith("附件：长")
    assert more.chars[0].x == pytest.approx(first.chars[3].x, abs=0.1)


def test_annex_begins_with_its_mark_and_has_its_title_on_the_third_line(wide_pages):
    pages, _ = wide_pages
    narrow = body(pages[-1])
    mark, title = narrow[:2]
    assert (mark.text, mark.chars[0].font) == ("附件2", "NotoSansCJKsc-Regular")
    assert mark.left == pytest.approx(LEFT, abs=1)
    assert mark.chars[0].top == pytest.approx(37, abs=1)
    assert title.text == "窄"
    assert title.chars[0].font == "NotoSerifCJKsc-Bold-Bold"
    assert (title.chars[0].y - mark.chars[0].y) / LINE == pytest.approx(2, abs=0.15)
    middle = (title.left + title.right) / 2
    assert middle == pytest.approx((LEFT + 210 - RIGHT) / 2, abs=0.5)


def test_page_numbers_go_on_through_the_annexes(wide_pages):
    _, read = wide_pages
    told = ["".join(g.text for g in sheet.glyphs)[-5:].strip() for sheet in read.sheets]
    assert told == [f"— {number} —" for number in range(1, len(read.sheets) + 1)]


def test_wide_table_lies_on_turned_paper_with_its_head_on_each_page(wide_pages):
    pages, read = wide_pages
    lying = [n for n, sheet in enumerate(read.sheets) if sheet.lies]
    assert lying == list(range(2, 2 + len(lying)))
    assert len(lying) >= 3
    assert [round(read.sheets[2].width), round(read.sheets[2].height)] == [297, 210]
    for number in lying:
        head = [line.text for line in pages[number] if line.text.startswith("月份")]
        assert len(head) == 1 or "走访慰问" in pages[number][0].text
    rows = [line.text for n in lying for line in pages[n] if line.text.endswith("1234" * 11)]
    assert len(rows) == 60


def test_turned_page_keeps_the_white_of_the_bound_paper(wide_pages):
    """Its head lies at the paper's left: 28 mm above, 37 mm right, 26 mm below, 35 mm left."""
    _, read = wide_pages
    sheet = read.sheets[3]
    glyphs = [glyph for glyph in sheet.glyphs if glyph.upright]
    assert min(g.y - g.size for g in glyphs) >= 28 - 1
    assert max(g.y for g in glyphs) <= 210 - 26
    assert min(g.x for g in glyphs) >= 35
    assert max(g.x + g.width for g in glyphs) <= 297 - 37


def test_number_of_a_turned_page_stands_where_the_bound_paper_has_it(wide_pages):
    """Upright when the head is at the paper's left: odd pages right, even pages left, 7 mm below."""
    _, read = wide_pages
    four = 14 / 72 * 25.4
    for number, sheet in enumerate(read.sheets, start=1):
        if not sheet.lies:
            continue
        turned = [glyph for glyph in sheet.glyphs if not glyph.upright and glyph.text.strip()]
        assert "".join(glyph.text for glyph in turned) == f"—{number}—"
        begins, ends = turned[0].y, turned[-1].y + turned[-1].size
        if number % 2:
            assert 210 - 26 - ends == pytest.approx(four, abs=0.6)
        else:
            assert begins - 28 == pytest.approx(four, abs=0.6)
        # The stroke lies a third of the size above the baseline, which here is left of it.
        assert 35 - (turned[0].x + 0.36 * turned[0].size) == pytest.approx(7, abs=0.6)


def test_edition_stands_above_the_type_area_of_every_page():
    pdf = printed(blocks=[Para(["国" * 28 * 30])], edition="公开版")
    for page in read_pages(pdf):
        mark = page[0]
        assert mark.text == "公开版"
        assert max(char.bottom for char in mark.chars) < 37
        assert mark.left == pytest.approx(LEFT, abs=1)
    assert max(char.bottom for line in body(page) for char in line.chars) <= 297 - BELOW


def test_wide_table_inside_the_text_turns_its_own_page_only():
    pdf = render_pdf(
        "pdf/official.html",
        {"doc": OfficialDocument(title="题", blocks=[Para(["前"]), WIDE, Para(["后"])])},
    )
    lies = [sheet.lies for sheet in read_pdf(pdf).sheets]
    assert lies[0] is False
    assert lies[-1] is False
    assert all(lies[1:-1])

"""The layout of GB/T 9704-2012, measured on printed pages."""

from itertools import pairwise

import pytest

from portal.pdf import render_pdf
from portal.pdf.blocks import FigureRun, Heading, OfficialDocument, Para, Table
from tests.portal.pdf_pages import read_pages, read_text

ABOVE, LEFT, BELOW, RIGHT = 37.0, 28.0, 35.0, 26.0  # mm of white around the type area
INK = 1.0  # mm between the edge of a character and its ink, and the tolerance of the standard


def printed(**content) -> bytes:
    content.setdefault("title", "明珠社区2025年残疾人工作总结")
    return render_pdf("pdf/official.html", {"doc": OfficialDocument(**content)})


@pytest.fixture(scope="module")
def plain_pages():
    return read_pages(printed(blocks=[Para(["国" * 28 * 60])]))


@pytest.fixture(scope="module")
def table_pages():
    rows = [
        [str(number), f"第{number}网格", str(number * 7), "重点对象每周走访两次，其他每月一次" * 2]
        for number in range(1, 31)
    ]
    table = Table(
        "表一", "单位：人次", ["序号", "网格", "走访", "说明"], rows, (2,), ["", "合计", "3255", ""]
    )
    return read_pages(printed(blocks=[table]))


def body(page):
    """The lines of a page without its page number."""
    return page[:-1]


def test_full_page_of_plain_text_has_22_lines_of_28_characters(plain_pages):
    assert [len(line.text) for line in body(plain_pages[1])] == [28] * 22


def test_first_page_keeps_the_grid_below_its_title(plain_pages):
    lines = body(plain_pages[0])
    assert [len(line.text) for line in lines[1:]] == [26] + [28] * 19
    assert lines[-1].chars[0].y == pytest.approx(body(plain_pages[1])[-1].chars[0].y, abs=0.1)


@pytest.mark.parametrize("number", [0, 1])
def test_ink_fills_the_type_area_within_one_millimetre(plain_pages, number):
    lines = body(plain_pages[number])
    assert min(char.top for line in lines for char in line.chars) == pytest.approx(ABOVE, abs=INK)
    assert min(line.left for line in lines) == pytest.approx(LEFT, abs=INK)
    assert 210 - max(line.right for line in lines) == pytest.approx(RIGHT, abs=INK)
    assert 297 - max(char.bottom for char in lines[-1].chars) == pytest.approx(BELOW, abs=INK)


def test_text_is_size_three_and_title_size_two(plain_pages):
    points = [round(line.chars[0].size / 25.4 * 72, 2) for line in body(plain_pages[0])[:2]]
    assert points == [22.0, 15.79]


def test_page_number_stands_right_on_odd_and_left_on_even_pages(plain_pages):
    odd, even, third = (page[-1] for page in plain_pages)
    assert [line.text for line in (odd, even, third)] == ["—1—", "—2—", "—3—"]
    one_character = 14 / 72 * 25.4  # 4号
    assert 210 - RIGHT - odd.right == pytest.approx(one_character, abs=0.5)
    assert even.left - LEFT == pytest.approx(one_character, abs=0.5)
    assert third.left == pytest.approx(odd.left, abs=0.5)


def test_dashes_of_the_page_number_lie_7_mm_below_the_type_area(plain_pages):
    for page in plain_pages:
        dash, digit, _ = page[-1].chars
        assert (dash.top + dash.bottom) / 2 - (297 - BELOW) == pytest.approx(7, abs=0.3)
        assert digit.size / 25.4 * 72 == pytest.approx(14, abs=0.01)
        assert digit.font == "NotoSerifCJKsc-Regular"


def test_lines_of_mixed_text_are_equally_long():
    sentence = (
        "社区坚持“以人为本、服务残疾人”的宗旨，共走访慰问残疾人家庭129人次，电话回访63次，"
        "同比增长82.1%，惠及16～35岁青年；残疾人买买提·吐尔逊（喆堃镕）说：“感谢关心，"
        "让我找到了‘家’的感觉……”《康复通讯》第36期刊登了他的事迹，"
    )
    (page, *_) = read_pages(printed(blocks=[Para([sentence * 3])]))
    inner = body(page)[2:-1]
    assert len(inner) > 10
    full_width = [line for line in inner if not line.text[-1].isascii()]
    assert all(155.9 <= line.width <= 156.1 for line in full_width), [
        (line.text, line.width) for line in full_width
    ]


def test_digits_of_a_number_are_not_spread():
    (page, *_) = read_pages(
        printed(blocks=[Para(["走访群众，" * 5 + "办件12345件。" + "国" * 60])])
    )
    line = next(line for line in page if "12345" in line.text)
    digits = [char for char in line.chars if char.text.isdigit()]
    steps = {round(b.x - a.x, 2) for a, b in pairwise(digits)}
    assert steps == {round(digits[0].size / 2, 2)}


def test_number_stays_with_its_unit_at_every_place_of_the_line():
    paragraphs = [
        Para(["国" * filler, FigureRun("129", "D1"), "人次。" + "国" * 20])
        for filler in range(10, 27)
    ]
    for show_codes in (False, True):
        pages = read_pages(printed(blocks=paragraphs, show_codes=show_codes))
        starts = {line.text[0] for page in pages for line in body(page)}
        assert starts <= {"明", "国", "1", "D"}, starts


def test_line_begins_with_no_closing_and_ends_with_no_opening_mark():
    text = "甲、乙，“丙丁”。《戊己庚》；（辛壬）！‘癸’：子·丑？【寅】……卯——辰〔巳〕5～9日"
    paragraphs = [Para(["国" * filler + text * 3]) for filler in range(28)]
    for page in read_pages(printed(blocks=paragraphs)):
        for line in body(page):
            assert line.text[0] not in "、，。；：！？）》】〕”’…·～", line.text
            assert line.text[-1] not in "（《【〔“‘～", line.text
            # A dash may start a line but is not torn in two (GB/T 15834).
            assert line.text.startswith("——") or not line.text.startswith("—"), line.text


def test_rare_characters_do_not_stretch_their_line():
    lines = body(
        read_pages(printed(blocks=[Para(["国" * 54 + "喆堃镕𠮷㐂" * 5 + "国" * 28 * 40])]))[1]
    )
    assert len(lines) == 22


def test_each_part_has_its_typeface():
    pages = read_pages(
        printed(
            title="总",
            subtitle="（期）",
            recipient="办：",
            blocks=[Heading(1, "一"), Heading(2, "二"), Heading(3, "三"), Para(["文"])],
        )
    )
    fonts = {line.text: line.chars[0].font for line in pages[0]}
    kept = {text: fonts[text] for text in ("总", "一", "二", "三", "文", "办：")}
    assert kept == {
        "总": "NotoSerifCJKsc-Bold-Bold",
        "一": "NotoSansCJKsc-Regular",
        "二": "LXGWWenKai-Regular",
        "三": "FandolFang-Regular",
        "文": "FandolFang-Regular",
        "办：": "FandolFang-Regular",
    }
    assert pages[0][1].chars[1].font == "LXGWWenKai-Regular"


@pytest.mark.parametrize("level", [1, 2, 3])
def test_quotation_marks_and_dots_are_as_wide_as_a_character(level):
    (page,) = read_pages(printed(blocks=[Heading(level, "国“国”‘国’——国……国·国")]))
    chars = body(page)[1].chars
    # Two dashes may be one long glyph, so the sum counts.
    assert (chars[-1].x - chars[0].x) / chars[0].size == pytest.approx(len(chars) - 1, abs=0.01)


def test_paragraph_and_heading_are_indented_by_two_characters():
    (page,) = read_pages(
        printed(recipient="国办：", blocks=[Heading(1, "国一"), Para(["国" * 30])])
    )
    lefts = [round((line.chars[0].x - LEFT) / 5.57, 1) for line in body(page)[1:]]
    assert lefts == [0, 2, 2, 0]


def test_heading_is_never_the_last_line_of_a_page():
    blocks = [Para(["国" * (26 + 28 * 18)]), Heading(1, "一、国"), Para(["国" * 60])]
    first, second = read_pages(printed(blocks=blocks))
    assert body(first)[-1].text == "国" * 28
    assert body(second)[0].text == "一、国"


def test_table_header_is_repeated_and_no_row_is_split(table_pages):
    header = "序号网格走访说明"
    assert len(table_pages) >= 2
    assert body(table_pages[0])[3].text == header
    assert [body(page)[0].text for page in table_pages[1:]] == [header] * (len(table_pages) - 1)
    for page in table_pages:
        numbers = [line.text for line in page if "网格" in line.text and line.text != header]
        notes = "".join(line.text for line in page).count("重点对象")
        assert notes == 2 * sum(1 for text in numbers if text.startswith(tuple("123456789")))


def test_table_stays_inside_the_type_area(table_pages):
    for page in table_pages:
        assert body(page)[0].chars[0].top >= ABOVE
        assert max(char.bottom for line in body(page) for char in line.chars) <= 297 - BELOW


def test_numbers_in_a_table_align_right(table_pages):
    column = [
        next(char for char in line.chars if char.text == digit)
        for line, digit in (
            (line, "7") for line in table_pages[0] if line.text.startswith("1第1网格7")
        )
    ]
    total = next(line for page in table_pages for line in page if line.text == "合计3255")
    assert column[0].right == pytest.approx(total.right, abs=0.3)


@pytest.mark.parametrize(
    ("name", "name_inset", "date_shift"),
    [
        ("春华街道明珠社区居民委员会", 2, 2),  # name longer: it keeps 2, the date starts 2 after it
        ("明珠社区", 7, 2),  # date (7 wide) longer: the date keeps 2, the name makes way
        ("明珠社区居委会", 2, 2),  # as wide as the date
    ],
)
def test_signature_and_date_follow_the_form_without_a_seal(name, name_inset, date_shift):
    (page,) = read_pages(printed(blocks=[Para(["国"])], signature=name, date="2025年12月31日"))
    text, signer, date = body(page)[1:]
    assert (signer.text, date.text) == (name, "2025年12月31日")
    edge = 210 - RIGHT
    end = signer.chars[-1].x + signer.chars[-1].size
    assert (edge - end) / 5.57 == pytest.approx(name_inset, abs=0.1)
    assert (date.chars[0].x - signer.chars[0].x) / 5.57 == pytest.approx(date_shift, abs=0.1)
    assert (signer.chars[0].y - text.chars[0].y) / 10.449 == pytest.approx(2, abs=0.05)


def test_date_without_a_name_keeps_two_characters():
    (page,) = read_pages(printed(blocks=[Para(["国"])], date="2025年12月31日"))
    date = body(page)[-1]
    assert (210 - RIGHT - date.chars[-1].x - 5.57) / 5.57 == pytest.approx(2, abs=0.1)


def test_signature_is_never_alone_on_a_page():
    blocks = [Para(["国" * (26 + 28 * 18)])]
    first, second = read_pages(printed(blocks=blocks, signature="明珠社区", date="2025年12月31日"))
    assert [line.text for line in body(second)] == ["国" * 28, "明珠社区", "2025年12月31日"]
    assert len(body(first)) == 19


def test_draft_and_codes_are_printed_only_when_asked():
    blocks = [Para(["走访", FigureRun("129人次", "D-01")])]
    assert read_text(printed(blocks=blocks)).count("草稿") == 0
    assert "D-01" not in read_text(printed(blocks=blocks))
    assert "D-01" in read_text(printed(blocks=blocks, show_codes=True))
    draft = read_pages(printed(blocks=[*blocks, Para(["国" * 28 * 30])], draft=True))
    assert all({"草", "稿"} <= {c.text for line in page for c in line.chars} for page in draft)


def test_notes_are_printed_below_the_date():
    (page,) = read_pages(
        printed(date="2025年12月31日", notes=["数据截至2025年12月31日。", "校验码：3f9a"])
    )
    assert [line.text for line in body(page)[-3:]] == [
        "2025年12月31日",
        "数据截至2025年12月31日。",
        "校验码：3f9a",
    ]

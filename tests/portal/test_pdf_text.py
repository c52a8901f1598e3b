"""Marks for line breaks and the breaking of titles, without a printer."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.pdf.blocks import Heading, OfficialDocument, Para, Table
from portal.pdf.linebreaks import BREAK, JOIN, mark, mark_tree, strip
from portal.pdf.titles import LINE_WIDTH, text_width, title_lines


def shown(text: str) -> str:
    return text.replace(JOIN, "+").replace(BREAK, "|")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("走访129人次，电话63次", "走访129+人+次，电话63+次"),
        ("投入1.5万元", "投入1.5+万+元"),
        ("增长82.1个百分点", "增长82.1+个+百+分+点"),
        ("第36次", "第+36+次"),
        ("16～35岁", "16+～+35+岁"),
        ("2025年12月31日", "2025+年12+月31+日"),
        ("买买提·吐尔逊", "买买提+·吐尔逊"),
        ("以“关爱”为主题", "以|“关爱”|为主题"),
        ("说：“好。”他", "说：|“好。”|他"),
        ("（“甲”）", "（“甲”）"),
        ("it’s ok", "it’s ok"),
        ("覆盖率82.1%（468/570）", "覆盖率82.1%|（468/570）"),
        ("国泰民安", "国泰民安"),
    ],
)
def test_marks_stand_where_a_clerk_would_put_them(text, marked):
    assert shown(mark(text)) == marked


@given(
    st.text(alphabet="国人次129.%第～“”‘’·（）a ", max_size=30),
    st.sampled_from(["", "9", "·", "”"]),
)
@example("·", "·")
def test_marks_add_and_remove_no_visible_character(text, before):
    assert strip(mark(text, before)) == text


def test_marks_reach_across_elements_but_not_across_paragraphs():
    root = ElementTree.fromstring(  # noqa: S314 - our own words
        "<body><head>9人</head><p>访<span>129</span>人次，<b>9</b><sup>D1</sup>人</p><p>人9</p><p>人</p></body>"
    )
    mark_tree(root)
    assert shown(ElementTree.tostring(root, encoding="unicode")) == (
        "<body><head>9人</head><p>访<span>129</span>+人+次，<b>9</b><sup>D1</sup>+人</p>"
        "<p>人9</p><p>人</p></body>"
    )


def test_drawings_keep_their_words_as_they_are():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><text>第3村9人</text></svg>'
    root = ElementTree.fromstring(f"<body><p>9人</p>{drawing}</body>")  # noqa: S314 - our own words
    mark_tree(root)
    assert [shown(text) for text in root.itertext()] == ["9+人", "第3村9人"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("明珠社区2025年残疾人工作总结", ["明珠社区2025年残疾人工作总结"]),
        (
            "春华街道明珠社区居民委员会2025年度残疾人工作总结",
            ["春华街道明珠社区居民委员会", "2025年度残疾人工作总结"],
        ),
        ("春华街道\n2025年 工作总结", ["春华街道", "2025年 工作总结"]),
        ("", []),
        ("2" * 60, ["2" * 60]),
    ],
)
def test_title_breaks_between_words_into_balanced_lines(title, lines):
    assert title_lines(title) == lines


@given(st.text(alphabet="春华街道明珠社区年度工作总结的“”，、《》2025A ", min_size=1, max_size=70))
def test_title_lines_fit_and_lose_nothing(title):
    lines = title_lines(title)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    wordless = not any(a.isascii() and b.isascii() for a, b in pairwise(title))
    if wordless and not set(title) & set("“”，、《》的年度 "):
        assert all(text_width(line) <= LINE_WIDTH for line in lines)


def test_heading_level_beyond_three_is_refused():
    with pytest.raises(ValueError, match="levels 1 to 3, not 4"):
        Heading(4, "（1）")


def test_table_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="a row of 1 cells under 2 headers"):
        Table("", "", ["甲", "乙"], [["1"]])
    with pytest.raises(ValueError, match="1 widths for 2 columns"):
        Table("", "", ["甲", "乙"], [["1", "2"]], widths=[1])


def test_table_aligns_numbers_texts_and_short_words():
    table = Table(
        "", "", ["数", "文", "词"], [["1", "一二三四五", "是"]], numeric=[0], total=["1", "", ""]
    )
    assert [cell.align for cell in table.body[0]] == ["number", "text", "centre"]
    assert [cell.align for cell in table.total_cells] == ["number", "text", "centre"]


def test_table_columns_share_the_width_by_their_longest_text():
    table = Table("", "", ["序号", "说明"], [["1", "很长的说明" * 9]])
    assert table.percents == ["16.667", "83.333"]
    assert Table("", "", ["甲", "乙"], [], widths=(1, 3)).percents == ["25.000", "75.000"]


def test_pieces_of_a_paragraph_have_one_shape():
    assert [(piece.text, piece.code) for piece in Para(["走访"]).pieces] == [("走访", "")]


@pytest.mark.parametrize(
    ("signature", "inset"),
    [
        ("一二三四五六七八九十", "2"),
        ("一二三四五六七八", "1"),
        ("一二三四五六七", "0"),
        ("一二三", "2"),
        ("", "2"),
    ],
)
def test_signature_inset_follows_the_longer_of_name_and_date(signature, inset):
    assert (
        OfficialDocument("题", signature=signature, date="2025年12月31日").signature_inset == inset
    )

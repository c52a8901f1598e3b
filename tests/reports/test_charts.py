"""Bars drawn from a table's texts: as long as their numbers, in the rows' order."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pdf.blocks import Chart
from portal.pdf.titles import text_width
from portal.summaries import CategoryTable, FigureTable
from reports.charts import HIGHEST, LABEL, MOST, WIDTH, bar_chart, folded, number_of
from reports.tables import TableContent

NUMBERS = st.decimals(-99_999, 99_999, places=1, allow_nan=False, allow_infinity=False)
LONG = "永州市零陵区富家桥镇龙家大村村民委员会环境卫生点"  # 24 characters


def drawn(texts, labels=None) -> Chart:
    return bar_chart("图", labels or [f"第{n}村" for n in range(len(texts))], texts)


def printed(value) -> str:
    return "—" if value is None else f"{value:,}"


@given(st.lists(st.one_of(NUMBERS, st.none()), min_size=1, max_size=MOST))
def test_bars_are_as_long_as_their_numbers_keep_their_order_and_the_page(values):
    chart = drawn([printed(value) for value in values])
    if all(value is None for value in values):
        assert chart is None
        return
    assert [bar.text for bar in chart.bars] == [printed(value) for value in values]
    largest = max((abs(value) for value in values if value), default=Decimal(1))
    longest = max(bar.width for bar in chart.bars)
    for bar, value in zip(chart.bars, values, strict=True):
        assert abs(bar.width - longest * float(abs(value or 0) / largest)) <= 0.02
        begins = bar.x + bar.width if (value or 0) < 0 else bar.x
        assert abs(begins - chart.zero) <= 0.02
        room = 14 * text_width(bar.text)
        ends = (
            (bar.text_x - room, bar.text_x)
            if bar.anchor == "end"
            else (bar.text_x, bar.text_x + room)
        )
        assert chart.label_x < ends[0] + 0.02
        assert ends[1] <= WIDTH + 0.02
    middles = [bar.y for bar in chart.bars]
    assert middles == sorted(set(middles))
    assert middles[-1] + chart.bar_height <= chart.height <= HIGHEST


@pytest.mark.parametrize("texts", [["0"], ["0", "0.0%", "—"]])
def test_zeros_have_a_line_and_no_bar(texts):
    assert [bar.width for bar in drawn(texts).bars] == [0] * len(texts)


def test_a_single_bar_takes_the_whole_room():
    [bar] = drawn(["12.5"]).bars
    assert bar.x + bar.width + 6 + 4 * 7 == pytest.approx(WIDTH, abs=0.1)


@pytest.mark.parametrize("texts", [[], ["—", "—"], ["1"] * (MOST + 1)])
def test_nothing_to_draw_is_no_chart(texts):
    assert drawn(texts) is None


def test_numbers_are_read_as_tables_print_them():
    texts = ["12,580.00", "82.1%", "-3", "0", "—", "", "是", "NaN"]
    assert [number_of(text) for text in texts] == [
        *(Decimal("12580.00"), Decimal("82.1"), -3, 0),
        *(None, None, None, None),
    ]


def test_long_names_go_on_in_a_second_line_of_like_length_or_are_cut():
    assert folded("明珠社区") == ["明珠社区"]
    assert folded(LONG) == [LONG[:12], LONG[12:]]
    assert folded(LONG * 2)[1].endswith("…")
    assert folded("甲" * 8 + "）" + "乙" * 7)[0].endswith("）")
    assert folded("甲" * 7 + "（" + "乙" * 8) == ["甲" * 7, "（" + "乙" * 8]
    many = drawn(["1"] * MOST, [LONG] * MOST)
    assert many.height <= HIGHEST
    assert {len(bar.lines) for bar in many.bars} == {1}
    assert many.bars[0].lines[0][1] == LONG[: LABEL - 1] + "…"


def table(note="单位：人次", header="走访", chart=1):
    rows = (("1月", "3", "8"), ("2月", "—", "9"))
    return TableContent("分月", note, ("月份", header, "其他"), rows, ("合计", "3", "17"), chart)


def test_table_draws_its_rows_without_the_total_and_tells_the_measure():
    chart = table().drawing
    assert chart.caption == "图：分月（走访，单位：人次）"
    assert [(bar.lines[0][1], bar.text) for bar in chart.bars] == [("1月", "3"), ("2月", "—")]
    other = table("单位：人次（另有注明的除外）", "粘贴率（%）").drawing
    assert other.caption == "图：分月（粘贴率，单位：%）"
    assert table("单位：人次", "走访（村）").drawing.caption == "图：分月（走访（村），单位：人次）"


def test_chart_is_kept_with_its_table_and_a_table_without_is_kept_as_before():
    assert TableContent.from_json(table().as_json()) == table()
    plain = table(chart=0)
    assert "chart" not in plain.as_json()
    assert TableContent.from_json(plain.as_json()) == plain
    assert plain.drawing is None


def test_only_a_column_can_be_drawn():
    with pytest.raises(ValueError, match="no column"):
        FigureTable("Z", "a", 1, "分月", ("x.a",), chart="x.b")
    with pytest.raises(ValueError, match="crossed"):
        CategoryTable("Z", "a", 1, "甲", ("x.a",), chart="x.a", rows="r", columns="c", lead="甲")

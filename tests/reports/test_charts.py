"""The picture below a table: of which column, with which caption, and when there is none."""

from decimal import Decimal

import pytest

from portal.summaries import CategoryTable, FigureTable
from reports.charts import MOST, bar_chart, number_of
from reports.tables import TableContent


def drawn(texts):
    return bar_chart("图", [f"第{n}村" for n in range(len(texts))], texts)


def test_bars_are_the_numbers_of_the_texts_in_the_rows_order():
    chart = drawn(["12,580.00", "82.1%", "—", "-3"])
    [series] = chart.series
    assert series.values == (Decimal("12580.00"), Decimal("82.1"), None, -3)
    assert [series.text(n) for n in range(4)] == ["12,580.00", "82.1%", "—", "-3"]
    assert chart.categories == ("第0村", "第1村", "第2村", "第3村")


@pytest.mark.parametrize("texts", [[], ["—", "—"], ["1"] * (MOST + 1)])
def test_nothing_to_draw_is_no_chart(texts):
    assert drawn(texts) is None


def test_numbers_are_read_as_tables_print_them():
    texts = ["12,580.00", "82.1%", "-3", "0", "—", "", "是", "NaN"]
    assert [number_of(text) for text in texts] == [
        *(Decimal("12580.00"), Decimal("82.1"), -3, 0),
        *(None, None, None, None),
    ]


def table(note="单位：人次", header="走访", chart=1):
    rows = (("1月", "3", "8"), ("2月", "—", "9"))
    return TableContent("分月", note, ("月份", header, "其他"), rows, ("合计", "3", "17"), chart)


def test_table_draws_its_rows_without_the_total_and_tells_the_measure():
    drawing = table().drawing
    assert drawing.caption == "图：分月（走访，单位：人次）"
    told = [(line.label, line.cells[0].text) for line in drawing.chart.lines]
    assert told == [("1月", "3"), ("2月", "—")]
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

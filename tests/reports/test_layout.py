"""From stored text to headings, paragraphs, chips and tables; and on to the printed document."""

from datetime import date

import pytest

from portal.pdf.blocks import FigureRun, Heading, Para, Table
from reports.layout import lay_out
from reports.output.document import draft_document
from reports.tables import TableContent
from reports.values import value_of
from tests.reports.facts import YEAR, reading

VISITS = value_of(reading("disability.visits"))
COVERAGE = value_of(reading("disability.visit_coverage"))
VALUES = {value.code: value for value in (VISITS, COVERAGE)}
TABLE = TableContent("分月", "单位：人次", ("月份", "走访"), (("1月", "3"),), ("合计", "3"))


def laid(*texts, tables=None):
    sections = [(str(index), f"第{index}部分", text) for index, text in enumerate(texts)]
    return lay_out("标题", sections, VALUES, {"分月": TABLE} if tables is None else tables)


def test_token_prints_with_its_measure_and_bare_without():
    assert str(laid("共{disability.visits}，即{disability.visits#}次")).endswith(
        "共192人次，即192次"
    )


def test_ratio_prints_its_terms_even_when_asked_for_the_number():
    text = "{disability.visit_coverage}与{disability.visit_coverage#}"
    assert str(laid(text)).endswith("82.1%（128/156）与82.1%（128/156）")


@pytest.mark.parametrize("text", ["{不明}", "{{ 7*7 }}", "{table:没有}", "前{table:分月}", "{"])
def test_what_is_no_figure_stays_as_typed(text):
    assert str(laid(text)).endswith(text)


def test_blank_parts_are_left_out_and_the_rest_numbered():
    document = laid("甲", " \n ", "乙", "{table:空表}", tables={"空表": None})
    assert [section.heading for section in document.sections] == ["一、第0部分", "二、第2部分"]


def test_document_has_headings_paragraphs_figures_tables_and_notes():
    document = draft_document(
        laid("走访{disability.visits}。\n{table:分月}"),
        [VISITS],
        unit_name="明珠社区",
        period=YEAR,
        today=date(2026, 1, 8),
    )
    assert document.blocks == [
        Heading(1, "一、第0部分"),
        Para(["走访", FigureRun("192人次", "disability.visits"), "。"]),
        Table("分月", "单位：人次", ("月份", "走访"), (("1月", "3"),), range(1, 2), ("合计", "3")),
    ]
    assert (document.signature, document.date) == ("明珠社区", "2026年1月8日")
    assert document.notes == [
        "数据截至2025年12月31日，均由登记记录按事情发生的日期统计。",
        "口径版本：各项指标均为第1版。",
    ]


def test_running_period_is_told_up_to_today():
    document = draft_document(
        laid("甲"), [], unit_name="明珠社区", period=YEAR, today=date(2025, 6, 3)
    )
    assert document.notes == ["数据截至2025年6月3日，均由登记记录按事情发生的日期统计。"]

"""The evidence workbook, read back by another program."""

import io
import zipfile

import openpyxl
import pytest

from reports.output import workbook
from reports.output.workbook import evidence_workbook, figures_workbook
from tests.reports.papers import BUNDLE, BY_CODE, CODES, content, visit

OPEN = {"disability", "residents"}


def sheets(data: bytes) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def rows_of(*rows, code="disability.visits") -> dict:
    return {"rows": {code: list(rows)}}


def test_first_sheet_tells_each_figure_with_its_definition_and_basis():
    [head, *rows] = sheets(evidence_workbook(content(), BUNDLE, open_to=OPEN))["指标"]
    assert head == (
        "代码",
        "指标",
        "数",
        "单位",
        "分子",
        "分母",
        "口径",
        "口径版本",
        "统计日期",
        "时段",
    )
    assert [row[0] for row in rows] == list(CODES)
    visits, coverage, _ = rows
    assert visits[2:4] == (192, "人次")
    assert coverage[4:6] == (128, 156)
    assert all(row[6] and row[7] == 1 and row[8] and row[9] == "2025" for row in rows)


def test_rows_stand_by_kind_of_record_with_what_they_added():
    told = sheets(evidence_workbook(content(), BUNDLE, open_to=OPEN))
    name = next(title for title in told if title != "指标")
    [head, first, second] = told[name]
    assert head == (
        *("指标代码", "指标", "编号", "版本", "日期", "单位", "计数"),
        *("居民", "走访人", "内容"),
    )
    assert first[0] == "disability.visits"
    assert first[1] == BY_CODE["disability.visits"].label
    assert first[2:7] == (1, 1, "2025-03-06", "明珠社区", 1)
    assert first[7:] == ("黄文发", "李梅、陈刚", "看望黄文发")
    assert second[2] == 2


def test_same_input_gives_the_same_bytes():
    first = evidence_workbook(content(), BUNDLE, open_to=OPEN)
    assert evidence_workbook(content(), BUNDLE, open_to=OPEN) == first


def test_names_are_covered_wherever_they_stand():
    bundle = rows_of(visit(1, 备注="黄文发的电话13812345678，邻居王五"))
    names = ["黄文发", "李梅、陈刚", "王五"]
    data = evidence_workbook(content(), bundle, open_to=OPEN, names=names)
    [_, rows] = sheets(data).values()
    assert rows[1][7:] == ("黄*发", "李*、陈*", "看望黄*发", "黄*发的电话138****5678，邻居王*")
    for part in zipfile.ZipFile(io.BytesIO(data)).namelist():
        assert "黄文发".encode() not in zipfile.ZipFile(io.BytesIO(data)).read(part)


def test_numbers_are_masked_even_where_names_are_clear():
    bundle = rows_of(visit(1, 备注="11010119900307123X"))
    [_, rows] = sheets(evidence_workbook(content(), bundle, open_to=OPEN)).values()
    assert rows[1][7:] == ("黄文发", "李梅、陈刚", "看望黄文发", "110***********123X")


def test_columns_of_other_domains_are_left_out():
    [_, rows] = sheets(evidence_workbook(content(), BUNDLE, open_to={"volunteers"})).values()
    assert rows[0][-1] == "计数"
    assert rows[1][2:] == (1, 1, "2025-03-06", "明珠社区", 1)


def test_workbook_of_the_public_version_holds_no_row():
    assert list(sheets(figures_workbook(content()))) == ["指标"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "\t=1"])
def test_text_never_becomes_a_formula(text):
    bundle = rows_of(visit(1, 内容=text))
    data = evidence_workbook(content(), bundle, open_to=OPEN)
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert all(b"<f>" not in parts.read(name) for name in parts.namelist())


def test_many_rows_go_on_in_another_sheet(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    bundle = rows_of(*(visit(number) for number in range(5)))
    told = sheets(evidence_workbook(content(), bundle, open_to=OPEN))
    assert [len(rows) - 1 for title, rows in told.items() if title != "指标"] == [2, 2, 1]


def test_record_of_a_kind_that_is_gone_is_told_by_its_label():
    row = visit(1) | {"model": "gone.record"}
    assert "gone.record" in sheets(evidence_workbook(content(), rows_of(row), open_to=OPEN))

"""A sheet whose headings are data, as the quarter's score sheet: each cell is a row of its own."""

import re
from collections import defaultdict
from decimal import Decimal
from functools import cached_property

import pytest
from django import forms

from portal.imports.columns import ImportColumn
from portal.imports.declare import PivotHint
from portal.imports.detecting import lay_out
from portal.imports.headers import find_header, possible_headers
from portal.imports.layout import Layout
from portal.imports.matching import table_of
from portal.imports.reading import Sheet, read_workbook
from portal.imports.report import Report
from portal.imports.row_reading import RowReader
from portal.imports.targets import Target
from tests.imports.conftest import xlsx
from tests.imports.samples import SAMPLES, expected, sample


class Scores(Target):
    """Points of a village for one item; without a deduction the item does not apply to it."""

    @cached_property
    def pivots(self):
        return (
            PivotHint("村", "扣分", blank="0"),
            PivotHint("检查项目", "扣分", second="分值", blank="0"),
        )


class Nothing:
    """Remembers no form."""

    def of(self, *_):
        return None


def scores() -> Target:
    number = forms.DecimalField()
    return Scores(
        "scores",
        "评比",
        (
            ImportColumn("村", "village", forms.CharField(), True),
            ImportColumn("检查项目", "item", forms.CharField(), True),
            ImportColumn("分值", "full", number, True),
            ImportColumn("扣分", "lost", number, True, words={"无": "0"}),
        ),
    )


def rows_of(sheet: Sheet):
    target = scores()
    header = find_header(possible_headers(sheet), target)
    layout = lay_out(sheet, target, header, Nothing())
    report = Report()
    table = table_of(target, sheet, layout, report)
    return list(RowReader(table, None, None).rows()), layout, report


def points(rows) -> dict[str, tuple[Decimal, Decimal]]:
    """(full minus deductions, full) of what applies to each village."""
    left, full = defaultdict(Decimal), defaultdict(Decimal)
    for row in rows:
        if "lost" in row.data:
            full[row.data["village"]] += Decimal(row.data["full"])
            left[row.data["village"]] += Decimal(row.data["full"]) - abs(Decimal(row.data["lost"]))
    return {village: (left[village], full[village]) for village in full}


def wanted() -> dict[str, tuple[Decimal, Decimal]]:
    (line,) = expected(r"- 季度环境卫生评比表, points .+?: (.+); the sheet's own")[0]
    pairs = re.findall(r"(\S+) ([\d.]+)/([\d.]+)", line)
    return {village: (Decimal(left), Decimal(full)) for village, left, full in pairs}


def test_score_sheet_is_unpivoted_and_its_own_totals_are_not_trusted():
    (sheet,) = read_workbook(sample("季度环境卫生评比表"))

    rows, layout, report = rows_of(sheet)

    assert layout.pivot.headings == {3: "村"}
    assert layout.skipped == {16: "合计"}
    assert report.errors == []
    assert [row.faults for row in rows if row.faults] == []
    assert len(rows) == 12 * 9
    assert points(rows) == wanted()
    assert SAMPLES.exists()


def test_score_sheet_turned_round_reads_the_same():
    """Villages below each other, items beside each other, their points in a second header row."""
    (sheet,) = read_workbook(sample("季度环境卫生评比表"))
    body = [sheet.cells(row) for row in range(3, 16)]
    turned = [list(column) for column in zip(*body, strict=True)]
    turned[0][0] = "村"
    turned[1][0] = ""
    (again,) = read_workbook(xlsx(第四季度=turned))

    rows, layout, _ = rows_of(again)

    assert layout.pivot.headings == {1: "检查项目", 2: "分值"}
    assert points(rows) == wanted()


def test_fault_in_a_pivoted_cell_is_named_at_it():
    content = xlsx(评比=[["检查项目", "分值", "甲村", "乙村"], ["公厕", 6, -1, "两分左右"]])

    rows, _, _ = rows_of(read_workbook(content)[0])

    assert [row.places["lost"] for row in rows] == [3, 4]
    assert [number for row in rows for number, _, _ in row.faults] == [4]


@pytest.mark.parametrize("pivoted", [True, False])
def test_layout_survives_json(pivoted):
    (sheet,) = read_workbook(sample("季度环境卫生评比表"))
    _, layout, _ = rows_of(sheet)
    whole = Layout((layout if pivoted else type(layout)("空"),))

    assert Layout.from_json(whole.as_json()) == whole

"""Sheets, header rows and columns are found as clerks write them."""

import pytest

from tests.imports.conftest import PEOPLE, VISITS, citizen, xlsx

ID = citizen(1)
PERSON = ["黄文发", ID, "", ""]


def test_header_is_found_below_a_title(bring):
    report = bring("residents", xlsx(居民=[["居民名册（2025）"], [], PEOPLE, PERSON]))

    assert report.problems == []
    assert report.totals["new"] == 1


@pytest.mark.parametrize("titles", [5, 29])
def test_header_is_found_below_any_number_of_titles(bring, titles):
    report = bring("residents", xlsx(居民=[["说明"]] * titles + [PEOPLE, PERSON]))

    assert report.problems == []
    assert report.totals["new"] == 1


def test_header_below_the_thirtieth_row_is_not_looked_for(bring):
    report = bring("residents", xlsx(居民=[["说明"]] * 30 + [PEOPLE, PERSON]))

    assert [str(p) for p in report.errors] == ["居民 前 30 行里没有找到表头，应有这些列：姓名。"]


def test_labels_are_compared_without_spaces_stars_and_width(bring):
    header = ["姓　名*", "证件 号码", "联系电话＊", "在册起始日期\n"]

    assert bring("residents", xlsx(居民=[header, PERSON])).problems == []


def test_single_ledger_takes_the_sheet_of_its_name(bring):
    content = xlsx(说明=[["姓名"], ["某某"]], 居民=[PEOPLE, PERSON])

    assert [sheet.name for sheet in bring("residents", content).sheets] == ["居民"]


def test_single_ledger_takes_the_first_sheet_otherwise(bring):
    report = bring("residents", xlsx(Sheet1=[PEOPLE, PERSON], Sheet2=[PEOPLE]))

    assert [(s.name, s.title, s.new) for s in report.sheets] == [("Sheet1", "居民", 1)]


def test_unknown_columns_are_named_and_ignored(bring):
    report = bring("residents", xlsx(居民=[[*PEOPLE, "血型", "年龄"], [*PERSON, "A", 45]]))

    assert [str(p) for p in report.problems] == ["居民 这些列不认识，未读取：血型。"]
    assert report.stored


def test_missing_required_columns_are_named(bring):
    report = bring("visits", xlsx(走访=[["姓名", "走访人"], ["黄文发", "李梅"]]), commit=False)

    assert str(report.errors[0]) == "走访 缺少必填的列：日期。"


def test_either_column_of_a_resolver_is_enough(bring):
    bring("residents", xlsx(居民=[PEOPLE, PERSON]))

    report = bring(
        "visits", xlsx(走访=[["日期", "证件号码", "走访人"], ["2025-03-10", ID, "李梅"]])
    )

    assert report.problems == []


def test_column_twice_is_refused(bring):
    report = bring("residents", xlsx(居民=[["姓名", "证件号码", "姓名"], ["黄文发", ID, "韦英堃"]]))

    assert [(p.cell, p.label) for p in report.errors] == [("C1", "姓名")]


def test_blank_rows_are_no_rows(bring):
    report = bring("residents", xlsx(居民=[PEOPLE, [" ", "", None], PERSON, []]))

    assert report.totals == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}


def test_sheet_with_only_a_header_brings_nothing(bring):
    report = bring("visits", xlsx(走访=[VISITS]))

    assert report.problems == []
    assert report.totals["new"] == 0

"""What users of other systems complain about when they import, each by its issue; further ones are
in test_refused, test_same_number, test_undo, test_reading and test_killed."""

import random

import pytest

from portal.imports.guarding import MAX_ROWS
from residents.models import Household, Resident
from tests.imports.conftest import PEOPLE, citizen, xlsx
from tests.imports.samples import sample


def people(*rows):
    return xlsx(居民=[PEOPLE, *rows])


def test_opensid_3847_outdated_template_says_which_columns_it_misses(bring, counts):
    header = ["姓名", "走访人", "旧编号"]
    report = bring("visits", xlsx(走访=[header, ["黄文发", "李梅", "7"]]))

    said = [p.message for p in report.problems]
    assert "缺少必填的列：日期。" in said
    assert "这些列不认识，未读取：旧编号。" in said
    assert counts("visits") == 0


def test_opensid_10523_columns_in_another_order_scramble_nothing(bring, acting, clerk):
    row = dict(zip(PEOPLE, ["黄文发", citizen(1), "13800000001", "2020-01-01"], strict=True))
    for seed in range(3):
        labels = random.Random(seed).sample(PEOPLE, len(PEOPLE))
        report = bring("residents", xlsx(居民=[labels, [row[label] for label in labels]]))
        assert report.errors == []
    with acting(clerk):
        (person,) = Resident.objects.all()
        assert (person.name, person.phone) == ("黄文发", "13800000001")


@pytest.mark.parametrize(
    ("slug", "name"),
    [("disability-files", "残疾人基本情况登记表"), ("households", "居民户籍信息台账")],
)
def test_opensid_1817_the_upper_levels_own_file_is_taken_as_issued(bring, slug, name):
    report = bring(slug, sample(name), commit=False)

    assert report.blocking == []
    assert report.totals["new"] > 300


def test_hope_3921_workbook_with_people_alone_is_taken(bring, counts):
    report = bring(None, people(["黄文发", citizen(1), "", ""]))

    assert report.problems == []
    assert (counts("residents"), counts("households")) == (1, 0)


def test_hope_4293_the_record_whose_phone_is_wrong_is_named(bring):
    rows = [["黄文发", citizen(1), "13800000001", ""], ["韦英堃", citizen(3), "1380000", ""]]
    report = bring("residents", people(*rows))

    assert [(p.cell, p.label) for p in report.errors] == [("C3", "联系电话")]


def test_openspp_515_household_without_head_gets_no_invented_one(bring, acting, clerk):
    header = ["户编号", "地址", "姓名", "证件号码", "与户主关系"]
    rows = [["1-001", "明珠路 1 号", "黄文发", citizen(1), "配偶"]]
    report = bring("households", xlsx(居民户籍信息台账=[header, *rows]), good_only=True)

    assert "没有户主" in report.errors[0].message
    with acting(clerk):
        assert (Household.objects.count(), Resident.objects.count()) == (0, 0)


def test_commcare_35388_a_hundred_thousand_rows_are_within_bounds():
    assert MAX_ROWS >= 100_000 + 30  # with titles and header


def test_commcare_25732_pimcore_4263_blank_cell_keeps_what_is_there(bring, acting, clerk):
    bring("residents", people(["黄文发", citizen(1), "13800000001", ""]))
    report = bring("residents", people(["黄文发", citizen(1), "", ""]))

    assert report.totals["unchanged"] == 1
    with acting(clerk):
        assert Resident.objects.get().phone == "13800000001"


@pytest.mark.parametrize("stored", [int(citizen(2)[:17] + "0"), "1.10101E+17", 1.10101198001010e17])
def test_excelize_1523_magicodes_140_archery_819_number_that_lost_digits_is_refused(bring, stored):
    report = bring("residents", people(["黄文发", stored, "", ""]))

    assert [p.cell for p in report.errors] == ["B2"]
    assert "存成了数字" in report.errors[0].message


def test_import_export_89_and_327_queries_do_not_grow_with_the_rows(
    bring, django_assert_max_num_queries
):
    rows = [[f"黄文{chr(0x4E00 + n)}", citizen(n), "", ""] for n in range(1, 300)]
    with django_assert_max_num_queries(80):
        report = bring("residents", people(*rows))
    assert report.totals["new"] == 299


def test_formula_with_a_result_is_taken_and_its_column_named(bring):
    """Nobody sees in a sheet that a cell is computed."""
    import io

    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("居民")
        sheet.write_row(0, 0, PEOPLE)
        for row in (1, 2):
            sheet.write_formula(row, 0, '="黄"&"文发"', value=f"黄文{'发财'[row - 1]}")
            sheet.write_string(row, 1, citizen(row))
    report = bring("residents", target.getvalue())

    assert report.totals["new"] == 2
    assert [(p.cell, p.severity) for p in report.problems] == [("A2", "warning")]
    assert "这一列有 2 格是公式" in report.problems[0].message

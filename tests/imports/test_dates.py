"""Days, numbers, phones and blank words as offices write them."""

from datetime import date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.imports.cells import CellReader, phones_in
from portal.imports.columns import ImportColumn
from portal.imports.dates import MonthOnly, read_day
from portal.imports.splitting import names_in

DAY = date(2025, 3, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2025-3-1", "2025.3.1", "2025/3/1", "20250301", "2025年3月1日", "二〇二五年三月一日",
        " 2025-03-01 ", "２０２５年３月１日", "'2025-03-01", "2025、3、1", "2025年3月1号", "25.3.1",
        "25年3月1日", "二五年三月一日", 45717, 45717.0, 20250301, DAY, datetime(2025, 3, 1),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_day_in_any_style(written):
    assert read_day(written).day == DAY


def test_short_year_is_of_the_last_hundred_years_and_says_so():
    short = timezone.localdate().year % 100 + 1
    read = read_day(f"{short}.3.1")

    assert read.day.year == timezone.localdate().year - 99
    assert "两位年份" in read.note


@pytest.mark.parametrize(
    "written", ["2025年3月", "2025.3", "2025-03", "202503", 202503, "二〇二五年三月"]
)
def test_month_alone_is_never_guessed(written):
    with pytest.raises(MonthOnly) as refused:
        read_day(written)
    assert (refused.value.year, refused.value.month) == (2025, 3)


@pytest.mark.parametrize("written", ["3月1日", "3.1", "1/3/2025", "去年", 2025, "2025-13-1", 3.5])
def test_what_is_no_day_or_several_is_refused(written):
    with pytest.raises(ValidationError):
        read_day(written)


def test_day_without_year_takes_that_of_the_sheet():
    assert read_day("3月1日", year="2025").day == DAY


def reader(label, field=None, **more) -> CellReader:
    return CellReader(ImportColumn(label, "x", field or forms.CharField(), False, **more))


@pytest.mark.parametrize("word", ["无", "—", "不详", "空", "/", "－", " ", "N/A"])
def test_words_for_nothing_are_blank(word):
    assert reader("联系电话", is_number=True).says_nothing(word)
    assert not reader("姓名", is_number=False).says_nothing("吴")


@pytest.mark.parametrize(
    ("label", "written", "number"),
    [("人数", "3人", "3"), ("人数", "1,200人次", "1200"), ("金额", "1,200元", "1200"), ("金额", "1.2万元", "12000")],
)  # fmt: skip
def test_number_with_its_measure(label, written, number):
    assert reader(label, forms.DecimalField()).data(written) == number


@pytest.mark.parametrize(
    ("label", "written"), [("金额", "3人"), ("人数", "3元"), ("人数", "3-5人"), ("人数", "约3人")]
)
def test_number_that_may_mean_another_is_refused(label, written):
    with pytest.raises(ValidationError):
        reader(label, forms.DecimalField()).data(written)


@pytest.mark.parametrize(
    "written",
    [
        "11010119800101001X", "110101 19800101 001x", "110101-19800101-001X", "'11010119800101001X",
        "身份证：11010119800101001X", "１１０１０１１９８００１０１００１Ｘ", "11010119800101001X\u00a0",
    ],
)  # fmt: skip
def test_id_in_any_style(written):
    assert reader("证件号码", is_number=True).data(written).upper().replace(" ", "") == (
        "11010119800101001X"
    )


@pytest.mark.parametrize("label", ["证件号码", "残疾人证号", "银行账号"])
@pytest.mark.parametrize("stored", [1.1010119800101e17, 6222020200112233445, "6.22202E+18"])
def test_number_that_lost_digits_is_refused_in_every_column_of_numbers(label, stored):
    with pytest.raises(ValidationError, match="存成了数字"):
        reader(label, is_number=True).data(stored)


def test_two_phones_give_the_first_and_a_note():
    phone = reader("联系电话", is_number=True)

    assert phone.data("15925853017/0434-1838549") == "15925853017"
    assert "只登记了第一个" in phone.notes[0]
    assert phones_in("0731-85551234转801") == ["0731-85551234转801"]
    assert phones_in("139 1563 4318") == ["139 1563 4318"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("黄杰、杜𬱖", ["黄杰", "杜𬱖"]),
        ("崔磊英 韩翀刚", ["崔磊英", "韩翀刚"]),
        ("彭强璟 / 夏平英 / 金春", ["彭强璟", "夏平英", "金春"]),
        ("张 三", ["张 三"]),
        ("阿卜杜拉·买买提", ["阿卜杜拉·买买提"]),
    ],
)
def test_names_of_a_cell(cell, names):
    assert names_in(cell) == names

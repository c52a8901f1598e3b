"""残疾人基本情况登记表 imports untouched, with exactly the findings of EXPECTED.md."""

from datetime import date

import pytest

from disability.models import Certificate, DisabilityFile
from residents.models import Resident
from tests.imports.samples import brought_once, counted, expected, sample

# On one worker: the workbook is brought once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sample-register")]

REASONS = {
    "公民身份号码 fails its check character": "校验码不对",
    "公民身份号码 is stored as a number (digits lost)": "存成了数字",
    "公民身份号码 repeats row 11": "与本表第 11 行重复",
    "证号 has no such category digit": "第19位（残疾类别）应为1至7",
    "姓名 is empty": "没有填写",
    "证号 does not contain the person's own ID": "前18位与持证人的证件号码不一致",
}

brought = brought_once(disability_files="残疾人基本情况登记表")


@pytest.fixture
def community(brought):
    return brought.community


@pytest.fixture
def clerk(brought):
    return brought.clerk


@pytest.fixture
def register(brought):
    return brought.reports["disability-files"]


def test_disability_register_refuses_exactly_the_expected_rows(register):
    refused = expected(r"- 汇总表 row (\d+): refused: (.+)")
    found = {p.row: p.message for p in register.errors}

    assert len(refused) == len(register.errors) == 9
    assert {int(row) for row, _ in refused} == found.keys()
    for row, reason in refused:
        assert REASONS[reason] in found[int(row)], row


def test_disability_register_accepts_the_others_whole(register, acting, clerk):
    assert counted(register) == {"居民": 111, "残疾人档案": 111, "残疾人证": 111}
    assert register.totals["refused"] == 9
    with acting(clerk):
        assert Resident.objects.count() == 111
        assert DisabilityFile.objects.count() == Certificate.objects.count() == 111


def test_disability_register_names_what_it_leaves_out_and_warns(register):
    warned = {p.row: p.message for p in register.warnings}
    minors = [p for p in register.warnings if "监护人" in p.message]

    assert "第 126 行看来是合计" in warned[126]
    assert "第 127 行看来是签名" in warned[127]
    assert "性别与证件号码不一致" in " ".join(p.message for p in register.warnings if p.row == 77)
    assert minors


def test_disability_register_dates_the_files_by_its_own_day(register, acting, clerk):
    with acting(clerk):
        days = set(DisabilityFile.objects.values_list("opened_on", flat=True))
        assert days == {date(2025, 12, 8)}
        assert set(Resident.objects.exclude(note="").values_list("note", flat=True)) == {
            "=1+1",
            "已迁出？",
            "低保",
        }


def test_disability_register_brought_twice_changes_nothing(register, bring):
    again = bring("disability-files", sample("残疾人基本情况登记表"), good_only=True)

    assert (again.totals["new"], again.totals["changed"]) == (0, 0)
    assert again.totals["unchanged"] == 333
    assert [p.row for p in again.errors] == [p.row for p in register.errors]

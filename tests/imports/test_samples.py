"""The four workbooks of tests/samples import untouched, with exactly the findings of EXPECTED.md."""

import re
from datetime import date
from pathlib import Path

import pytest

from disability.models import Certificate, DisabilityFile
from portal.figures import engine
from portal.imports.reading import read_workbook
from portal.imports.splitting import names_in
from portal.periods import Period
from portal.text import clean_name
from residents.models import Household, Membership, Resident, Visit
from tests import factories

SAMPLES = Path(__file__).parent.parent / "samples"
REASONS = {
    "公民身份号码 fails its check character": "校验码不对",
    "公民身份号码 is stored as a number (digits lost)": "存成了数字",
    "公民身份号码 repeats row 11": "与本表第 11 行重复",
    "证号 has no such category digit": "第19位（残疾类别）应为1至7",
    "姓名 is empty": "没有填写",
    "证号 does not contain the person's own ID": "前18位与持证人的证件号码不一致",
}


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.xlsx").read_bytes()


def expected(pattern: str) -> list[tuple[str, ...]]:
    lines = (SAMPLES / "EXPECTED.md").read_text(encoding="utf-8").splitlines()
    return [found.groups() for line in lines if (found := re.match(pattern, line))]


def counted(report) -> dict[str, int]:
    totals: dict[str, int] = {}
    for sheet in report.sheets:
        totals[sheet.title] = totals.get(sheet.title, 0) + sheet.new
    return totals


# --- 残疾人基本情况登记表 --------------------------------------------------------------------------
@pytest.fixture
def register(bring):
    return bring("disability-files", sample("残疾人基本情况登记表"), commit=True, good_only=True)


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


# --- 居民户籍信息台账 -----------------------------------------------------------------------------
@pytest.fixture
def households(bring):
    return bring("households", sample("居民户籍信息台账"), good_only=True)


HEADLESS = r"- (\S+) household (\S+) \(rows (\d+)–(\d+)\): no head"


def test_household_register_names_the_households_without_head(households):
    for sheet, number, first, last in expected(HEADLESS):
        rows = f"{first}—{last}" if first != last else first
        found = [p for p in households.errors if p.sheet == sheet and number in p.message]
        assert [p.row for p in found] == [int(first)], number
        assert f"户 {number}（第 {rows} 行）没有户主" in found[0].message
        assert len(found[0].choices) == int(last) - int(first) + 2  # its rows, and to leave it out
    assert len(households.errors) == 4


def test_household_register_has_75_households_and_212_people(households, acting, clerk):
    held = households.totals["refused"]

    assert {sheet.name for sheet in households.sheets} == {"1号楼", "2号楼", "3号楼"}
    assert counted(households) == {"户": 75 - 4, "居民": 212 - held, "户成员": 212 - held}
    with acting(clerk):
        assert Household.objects.count() == 71
        assert Resident.objects.count() == Membership.objects.count() == 212 - held == 201


def test_household_without_head_is_stored_once_one_is_chosen(bring, acting, clerk):
    chosen = {
        sheet: {first: {"lead": first} for s, _, first, _ in expected(HEADLESS) if s == sheet}
        for sheet, *_ in expected(HEADLESS)
    }

    report = bring("households", sample("居民户籍信息台账"), decisions=chosen)

    assert report.errors == []
    assert counted(report) == {"户": 75, "居民": 212, "户成员": 212}
    with acting(clerk):
        home = Household.objects.with_head_name().get(number="2-004")
        assert home.head_name == "梁喆"
        assert home.address == "2号楼6单元847"


def test_birth_month_is_completed_from_the_id_never_guessed(households, acting, clerk):
    completed = [p for p in households.warnings if "日按证件号码补全" in p.message]
    open_ones = [p for p in households.warnings if "出生日期没有登记" in p.message]

    assert len(completed) > 20
    assert [(p.sheet, p.cell) for p in open_ones] == [("2号楼", "G18")]
    with acting(clerk):
        assert Resident.objects.get(name="宋红娜").born_on == date(1999, 1, 29)
        newborn = Resident.objects.get(name="余桂兰")
        assert (newborn.born_on, newborn.no_id_reason) == (None, "新生儿未办")


def test_household_register_brought_twice_changes_nothing(households, bring):
    again = bring("households", sample("居民户籍信息台账"), good_only=True)

    assert (again.totals["new"], again.totals["changed"]) == (0, 0)


# --- 入户走访登记表 -------------------------------------------------------------------------------
def visited() -> set[str]:
    rows = read_workbook(sample("入户走访登记表"))[0].rows[2:]
    return {clean_name(name) for row in rows for name in names_in(row[1])}


def test_visit_book_lists_names_for_choosing_and_creates_nobody(
    register, households, bring, acting, clerk
):
    with acting(clerk):
        before = Resident.objects.count()
        known = Resident.objects.filter(name__in=visited())
        several = {p.name for p in known if known.filter(name=p.name).count() > 1}

    report = bring("visits", sample("入户走访登记表"))

    assert "古丽·阿依" in several
    assert not report.stored
    assert all(p.choices for p in report.errors)
    messages = {p.message for p in report.errors}
    assert any("没有这个姓名" in m for m in messages)
    assert any("同名居民" in m for m in messages)
    with acting(clerk):
        assert (Resident.objects.count(), Visit.objects.count()) == (before, 0)


def test_visit_book_counts_86_home_and_50_phone_visits_of_2025(
    register, households, bring, acting, clerk, community
):
    """Who is missing is registered by the clerk, who is ambiguous chosen; then the figures agree."""
    with acting(clerk):
        known = set(Resident.objects.values_list("name", flat=True))
        for name in sorted(visited() - known):
            factories.resident(community, name)
    first = bring("visits", sample("入户走访登记表"), commit=False)
    decisions: dict = {}
    for problem in first.errors:
        row = decisions.setdefault(problem.sheet, {}).setdefault(str(problem.row), {})
        row[problem.field] = problem.choices[0]["value"]

    report = bring("visits", sample("入户走访登记表"), decisions=decisions)

    assert report.errors == []
    assert report.totals["new"] == 137
    with acting(clerk):
        year = Period.parse("2025")
        home = engine.read("visits.home", [community.pk], year).value
        phone = engine.read("visits.phone", [community.pk], year).value
    assert (home, phone) == (86, 50)

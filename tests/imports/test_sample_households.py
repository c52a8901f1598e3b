"""居民户籍信息台账 imports untouched, with exactly the findings of EXPECTED.md."""

from datetime import date

import pytest

from residents.models import Household, Membership, Resident
from tests.imports.samples import HEADLESS, brought_once, counted, expected, sample

# On one worker: the workbook is brought once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sample-households")]

brought = brought_once(households="居民户籍信息台账")


@pytest.fixture
def community(brought):
    return brought.community


@pytest.fixture
def clerk(brought):
    return brought.clerk


@pytest.fixture
def households(brought):
    return brought.reports["households"]


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

"""``demo --case``: all of a workbook or nothing, into a unit of its own."""

import io

import pytest
from django.core.management import CommandError, call_command

from portal.demo import cases, world
from portal.models import RoleAssignment, Unit, User
from portal.models.units import UnitKind
from portal.roles import Role
from tests.cases.writing import workbook

GOOD = {"户": [{"户编号": "1-101", "户类型": "家庭户", "地址": "幸福里1栋101室"}]}
BAD = {"户": [*GOOD["户"], {"户编号": "1-102", "户类型": "船屋", "地址": "幸福里1栋102室"}]}


@pytest.fixture
def keep(monkeypatch, tmp_path):
    """``keep(sheets)`` is the workbook of every case."""
    path = tmp_path / "case.xlsx"
    monkeypatch.setattr(cases.Case, "workbook", path)
    return lambda sheets: path.write_bytes(workbook(sheets))


def load(code="s1") -> list[str]:
    out = io.StringIO()
    call_command("demo", case=code, stdout=out)
    return out.getvalue().splitlines()


def test_case_prints_its_counts_and_at_last_its_unit(db, keep):
    keep(GOOD)
    assert load() == ["户：新增 1，修改 0，未变动 0，有误 0", "449902001001"]
    assert load() == ["户：新增 0，修改 0，未变动 1，有误 0", "449902001001"]


def test_case_makes_its_unit_and_account_once(db, keep):
    keep(GOOD)
    load()
    load()
    units = Unit.objects.order_by("code").values_list("kind", "code", "name", "parent__code")
    assert list(units) == [
        (UnitKind.DISTRICT, "449902000000", "案例区", None),
        (UnitKind.STREET, "449902001000", "案例街道", "449902000000"),
        (UnitKind.COMMUNITY, "449902001001", "幸福社区", "449902001000"),
    ]
    roles = RoleAssignment.objects.values_list("user__username", "unit__code", "role")
    assert list(roles) == [("case-s1", "449902001001", Role.COMMUNITY_STAFF)]
    assert not User.objects.get().has_usable_password()


def test_street_stands_beside_the_street_of_the_communities(db, keep, monkeypatch):
    street = cases.Case("s0", "449902002000", "示范街道", UnitKind.STREET)
    monkeypatch.setitem(cases.CASES, "s0", street)
    keep(GOOD)
    assert load("s0")[-1] == "449902002000"
    assert Unit.objects.get(code="449902002000").parent.code == "449902000000"


def test_refused_row_is_named_and_leaves_nothing_behind(db, keep):
    keep(BAD)
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 处错误，未导入任何内容") as refusal:
        call_command("demo", case="s1", stdout=out)
    assert refusal.value.returncode == 1
    assert out.getvalue().startswith("错误 户!B3 户类型：")
    assert not Unit.objects.exists()
    assert not User.objects.exists()


def test_missing_workbook_names_the_file(db, monkeypatch, tmp_path):
    monkeypatch.setattr(cases.Case, "workbook", tmp_path / "s1.xlsx")
    with pytest.raises(CommandError, match=r"读不了案例文件 .*/s1\.xlsx"):
        load()


def test_account_sees_its_unit_alone(db, keep):
    keep(GOOD)
    load()
    account, unit = User.objects.get(), Unit.objects.get(code="449902001001")
    assert cases.access_of(account).all_units == {unit.pk}


def test_unit_codes_are_those_of_every_unit_that_cases_make(db, keep):
    keep(GOOD)
    load()
    assert set(Unit.objects.values_list("code", flat=True)) <= cases.unit_codes()


def test_every_case_has_a_workbook_and_a_unit_of_its_own():
    assert [case.code for case in cases.CASES.values() if not case.workbook.exists()] == []
    codes = [case.unit_code for case in cases.CASES.values()]
    assert len(set(codes)) == len(codes)
    assert not {code[:6] for code in cases.unit_codes()} & {world.DISTRICT[0][:6]}

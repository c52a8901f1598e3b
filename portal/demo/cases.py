"""The example workbooks: each loaded once into a unit of its own, by the import that users have."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from portal.imports.guarding import UnreadableWorkbook
from portal.imports.running import run
from portal.models import RoleAssignment, Unit, User
from portal.models.units import UnitKind
from portal.roles import Role
from portal.scope import Denied, Scope, access_of, scope

SINCE = date(2010, 1, 1)
DISTRICT = ("449902000000", "案例区")  # of no place, and not that of the demo street
STREET = ("449902001000", "案例街道")


@dataclass(frozen=True)
class Case:
    """One workbook, ``tests/cases/<code>.xlsx``, and the unit that it fills.

    A community stands below STREET, a street below DISTRICT. ``role`` is what the case's account
    may do there; ``grids`` how many grids the unit has.
    """

    code: str
    unit_code: str
    unit_name: str
    kind: UnitKind = UnitKind.COMMUNITY
    role: Role = Role.COMMUNITY_STAFF
    grids: int = 0

    @property
    def grid_codes(self) -> dict[str, str]:
        """The grids' names by code."""
        return {
            f"{self.unit_code}{number:03d}": f"第{'一二三四五六'[number - 1]}网格"
            for number in range(1, self.grids + 1)
        }

    @property
    def workbook(self) -> Path:
        return settings.BASE_DIR / "tests" / "cases" / f"{self.code}.xlsx"

    @property
    def username(self) -> str:
        return f"case-{self.code}"


CASES = {
    case.code: case
    for case in (
        Case("s1", "449902001001", "幸福社区"),
        Case("s2", "449902002000", "江枫街道", UnitKind.STREET),
        Case("s3", "449902001004", "新河社区", grids=4),
        Case("s4", "449902001005", "明德社区"),
        Case("s5", "449902001002", "和顺社区"),
        Case("s6", "449902001006", "书香社区"),
        Case("s7", "449902001003", "康宁社区卫生服务中心"),
    )
}


def unit_codes() -> frozenset[str]:
    """Codes of every unit that a case may make."""
    own = {case.unit_code for case in CASES.values()}
    own |= {code for case in CASES.values() for code in case.grid_codes}
    return frozenset(own | {DISTRICT[0], STREET[0]})


@transaction.atomic
def load_case(code: str, stdout) -> str:
    """Load the case, all of it or nothing, and give its unit's code; again it changes nothing.

    Findings and counts go to ``stdout``. Raises CommandError where the workbook is missing or one
    of its rows is refused.
    """
    case = CASES[code]
    try:
        content = case.workbook.read_bytes()
    except OSError as error:
        raise CommandError(f"读不了案例文件 {case.workbook}：{error.strerror}。") from error
    unit, account = _prepared(case)
    try:
        with scope(access_of(account).scope()):
            report = run(content, ledger=None, unit=unit, by=account, commit=True)
    except (UnreadableWorkbook, Denied) as error:
        raise CommandError(f"{case.workbook}：{error}") from error
    for line in report.lines():
        stdout.write(line)
    if report.errors:
        raise CommandError(f"案例 {code} 有 {len(report.errors)} 处错误，未导入任何内容。")
    return unit.code


def _prepared(case: Case) -> tuple[Unit, User]:
    """The case's unit and the account that imports, made at the first time."""
    with scope(Scope(frozenset(), frozenset(), "command:demo")):
        district = _unit(UnitKind.DISTRICT, *DISTRICT, parent=None)
        parent = district
        if case.kind == UnitKind.COMMUNITY:
            parent = _unit(UnitKind.STREET, *STREET, parent=district)
        unit = _unit(case.kind, case.unit_code, case.unit_name, parent=parent)
        for code, name in case.grid_codes.items():
            _unit(UnitKind.GRID, code, name, parent=unit)
        account = User.objects.filter(username=case.username).first()
        if account is None:
            # Without a password nobody can sign in as it.
            account = User.objects.create_user(case.username, "案例录入")
        RoleAssignment.objects.get_or_create(
            user=account, unit=unit, role=case.role, defaults={"valid_from": SINCE}
        )
    return unit, account


def _unit(kind: UnitKind, code: str, name: str, *, parent: Unit | None) -> Unit:
    fields = {"kind": kind, "name": name, "parent": parent, "valid_from": SINCE}
    return Unit.objects.get_or_create(code=code, defaults=fields)[0]

"""The example workbooks: each loaded once into a unit of its own, by the import that users have."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.module_loading import import_string

from portal.imports.cells import text_of
from portal.imports.guarding import UnreadableWorkbook
from portal.imports.headers import UNIT_LABEL
from portal.imports.layout import IGNORED, Layout, SheetLayout
from portal.imports.reading import Sheet, read_workbook
from portal.imports.running import propose, run
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
    may do there; ``grids`` how many grids the unit has. A street may name ``communities``, each with
    ``grids``: rows whose column 单位 names one of them are brought into that one. ``begin`` and ``end``
    are functions (unit, account) of an app, by dotted name, called before and after the rows: for what is
    computed, and so in no workbook.
    """

    code: str
    unit_code: str
    unit_name: str
    kind: UnitKind = UnitKind.COMMUNITY
    role: Role = Role.COMMUNITY_STAFF
    grids: int = 0
    communities: tuple[str, ...] = ()
    more_roles: tuple[Role, ...] = ()
    begin: str = ""
    end: str = ""

    @property
    def community_codes(self) -> dict[str, str]:
        """The communities' names by code."""
        head = self.unit_code[:9]
        return {f"{head}{number:03d}": name for number, name in enumerate(self.communities, 1)}

    @property
    def grid_codes(self) -> dict[str, str]:
        """The grids' names by code."""
        return {
            f"{owner}{number:03d}": f"第{'一二三四五六'[number - 1]}网格"
            for owner in self.community_codes or (self.unit_code,)
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
        Case(
            "s8",
            "449902003000",
            "春和镇",
            UnitKind.STREET,
            grids=4,
            communities=(
                *("明塘村", "金岭村", "大渔村", "龙泉村", "百合村"),
                *("花溪村", "春山村", "九里村", "洞口村"),
            ),
            more_roles=(Role.STREET_SUPERVISOR,),
            begin="sanitation.demo.case.begin",
            end="sanitation.demo.case.end",
        ),
    )
}


def unit_codes() -> frozenset[str]:
    """Codes of every unit that a case may make."""
    own = {case.unit_code for case in CASES.values()}
    for case in CASES.values():
        own |= {*case.community_codes, *case.grid_codes}
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
    with scope(access_of(account).scope()):
        _call(case.begin, unit, account)
        try:
            proposed = _proposed(content, unit, account) if case.communities else None
        except UnreadableWorkbook as error:
            raise CommandError(f"{case.workbook}：{error}") from error
        for each in [unit, *unit.children.all()] if case.communities else [unit]:
            try:
                report = _bring_in(content, each, account, proposed)
            except (UnreadableWorkbook, Denied) as error:
                raise CommandError(f"{case.workbook}：{error}") from error
            for line in report.lines():
                if each == unit or not line.startswith("提示"):  # of the others' sheets and rows
                    stdout.write(line)
            if report.errors:
                raise CommandError(f"案例 {code} 有 {len(report.errors)} 处错误，未导入任何内容。")
        _call(case.end, unit, account)
    return unit.code


def _call(name: str, unit, account) -> None:
    if name:
        import_string(name)(unit, account)


@dataclass(frozen=True)
class Proposed:
    """How the workbook of a street is read: found once, the same for its communities."""

    layout: Layout
    sheets: dict[str, Sheet]

    def of(self, unit) -> dict:
        """The layout of the sheets that hold rows of the unit, without the rows of others."""
        told = (
            part
            for part in self.layout.sheets
            if unit.kind == UnitKind.STREET or _tells_units(self.sheets[part.sheet])
        )
        return Layout(tuple(_rows_of(unit, p, self.sheets[p.sheet]) for p in told)).as_json()


def _proposed(content, unit, account) -> Proposed:
    sheets = read_workbook(content)
    layout = propose(sheets, ledger=None, unit=unit, by=account)
    return Proposed(layout, {sheet.name: sheet for sheet in sheets})


def _bring_in(content, unit, account, proposed: Proposed | None):
    layout = proposed and proposed.of(unit)
    return run(content, ledger=None, unit=unit, by=account, commit=True, layout=layout)


def _tells_units(sheet) -> bool:
    return bool(sheet.rows) and UNIT_LABEL in map(text_of, sheet.rows[0])


def _rows_of(unit, layout: SheetLayout, sheet) -> SheetLayout:
    """The rows that name the unit in the column 单位; those of a sheet without it are the street's."""
    number = next((n for n, label in layout.columns.items() if label == UNIT_LABEL), None)
    if number is None:
        return layout if unit.kind == UnitKind.STREET else replace(layout, target=IGNORED)
    named = {
        row: text_of(sheet.cells(row)[number - 1])
        for row in range(layout.first, len(sheet.rows) + 1)
    }
    others = {row: "其他单位的记录" for row, name in named.items() if name != unit.name}
    return replace(layout, skipped={**layout.skipped, **others})


def _prepared(case: Case) -> tuple[Unit, User]:
    """The case's unit and the account that imports, made at the first time."""
    with scope(Scope(frozenset(), frozenset(), "command:demo")):
        district = _unit(UnitKind.DISTRICT, *DISTRICT, parent=None)
        parent = district
        if case.kind == UnitKind.COMMUNITY:
            parent = _unit(UnitKind.STREET, *STREET, parent=district)
        unit = _unit(case.kind, case.unit_code, case.unit_name, parent=parent)
        owners = {unit.code: unit}
        for code, name in case.community_codes.items():
            owners[code] = _unit(UnitKind.COMMUNITY, code, name, parent=unit)
        for code, name in case.grid_codes.items():
            _unit(UnitKind.GRID, code, name, parent=owners[code[:12]])
        account = User.objects.filter(username=case.username).first()
        if account is None:
            # Without a password nobody can sign in as it.
            account = User.objects.create_user(case.username, "案例录入")
        for role in (case.role, *case.more_roles):
            RoleAssignment.objects.get_or_create(
                user=account, unit=unit, role=role, defaults={"valid_from": SINCE}
            )
    return unit, account


def _unit(kind: UnitKind, code: str, name: str, *, parent: Unit | None) -> Unit:
    fields = {"kind": kind, "name": name, "parent": parent, "valid_from": SINCE}
    return Unit.objects.get_or_create(code=code, defaults=fields)[0]

"""The unit tree from its table; parents may stand below their children."""

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.bootstrap.tables import Row
from portal.models import Unit
from portal.models.units import UnitKind
from portal.text import clean_text, parse_date, to_halfwidth
from portal.units.services import create_unit, kind_below

KIND, CODE, NAME, PARENT, SINCE = COLUMNS = ("级别", "代码", "名称", "上级代码", "启用日期")
FIELDS = {"parent": PARENT, "code": CODE, "name": NAME, "valid_from": SINCE, "kind": KIND}
# Also the short words that clerks use for the levels.
KINDS = {kind.label: kind for kind in UnitKind} | {
    "区": UnitKind.DISTRICT,
    "县": UnitKind.DISTRICT,
    "乡镇": UnitKind.STREET,
    "镇": UnitKind.STREET,
    "乡": UnitKind.STREET,
    "村": UnitKind.COMMUNITY,
    "网格": UnitKind.GRID,
    "小组": UnitKind.GRID,
}


def create_units(rows: list[Row]) -> int:
    """Create the units level by level; faults are left in the rows. Returns how many are new.

    A unit that exists exactly as its row says is left alone, so a table can be run again.
    """
    levels = list(UnitKind)
    known = [(row, kind) for row in rows if (kind := _kind(row)) is not None]
    ordered = sorted(known, key=lambda pair: levels.index(pair[1]))
    refused: set[str] = set()
    created, seen = 0, {}
    for row, kind in ordered:
        code = _code(row, CODE)
        if code in seen:
            row.refuse(CODE, f"与第 {seen[code]} 行重复。")
            continue
        seen[code] = row.number
        created += _create(row, kind, code, refused)
        if row.problems:
            refused.add(code)
    return created


def _kind(row):
    kind = KINDS.get(row.text(KIND))
    if kind is None:
        row.refuse(KIND, f"应为{'、'.join(kind.label for kind in UnitKind)}之一。")
    return kind


def _code(row, label):
    return "".join(to_halfwidth(row.text(label)).split())


def _create(row, kind, code, refused) -> bool:
    try:
        since = parse_date(row.values[SINCE]) if row.text(SINCE) else None
    except ValidationError as error:
        row.refuse(SINCE, error.messages[0])
        return False
    parent_code = _code(row, PARENT)
    if parent_code in refused:
        row.refuse(PARENT, "上级单位的那一行有错误，请先改正。")
        return False
    parent = Unit.objects.filter(code=parent_code).first() if parent_code else None
    if not _is_parent_right(row, kind, parent_code, parent):
        return False
    existing = Unit.objects.filter(code=code).first()
    if existing is not None:
        _compare(row, existing, kind, parent, since)
        return False
    try:
        with transaction.atomic():
            create_unit(code=code, name=row.text(NAME), parent=parent, valid_from=since, by=None)
    except ValidationError as error:
        row.refuse_with(error, FIELDS)
        return False
    return True


def _is_parent_right(row, kind, parent_code, parent) -> bool:
    if parent_code and parent is None:
        row.refuse(PARENT, f"没有代码为 {parent_code} 的单位。")
    elif parent is None and kind != UnitKind.DISTRICT:
        row.refuse(PARENT, f"{kind.label}要填写上级代码。")
    elif parent is not None and (parent.kind == UnitKind.GRID or kind_below(parent) != kind):
        row.refuse(PARENT, f"“{parent}”是{parent.get_kind_display()}，下面不能直接设{kind.label}。")
    else:
        return True
    return False


def _compare(row, unit, kind, parent, since):
    same = (unit.kind, unit.name, unit.parent_id) == (
        kind,
        clean_text(row.text(NAME)),
        parent and parent.pk,
    )
    if not same or (since and since != unit.valid_from) or unit.valid_to is not None:
        row.refuse(CODE, f"已有单位“{unit}”使用这个代码，与本行不同；更名和撤并请在系统中办理。")

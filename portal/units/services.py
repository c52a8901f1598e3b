"""The life of a unit: founded, renamed, corrected, merged, split, ended. Nothing is ever deleted.

Records keep the unit that made them; the successor's staff see them (portal.scope.below). ``on`` is
the first day of the new state, the day before is the last of the old one. ``by`` is None in a
command, whose actor the scope names.

Rules that a person can mend raise ValidationError in Chinese, missing permission raises Denied,
units outside the scope raise OutOfScope, and a unit changed since it was loaded raises StaleRecord.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.accounts.services import continue_roles
from portal.errors import OutOfScope
from portal.models import Unit, UnitChange, User
from portal.models.units import PARENT_KIND, UnitKind
from portal.scope import access_of
from portal.text import clean_text, to_halfwidth
from portal.units.grids import end_grids, move_grids

DAY = timedelta(days=1)
# A street or district takes everything below along; that is a migration, not a form.
REARRANGED = {UnitKind.COMMUNITY, UnitKind.GRID}


# --- founding and naming ------------------------------------------------------------------------
@transaction.atomic
def create_unit(
    *, code: str, name: str, parent: Unit | None, valid_from: date | None, by: User | None
) -> Unit:
    """A new unit one level below ``parent``; without a parent a district, for commands only."""
    kind = kind_below(parent)
    if parent is not None:
        _check_permission([parent], by)
        _locked([parent])
        if parent.valid_to is not None:
            raise ValidationError({"parent": f"“{parent}”已经停用，下面不能再设单位。"})
        if valid_from and parent.valid_from and valid_from < parent.valid_from:
            raise ValidationError({"valid_from": f"启用日期不能早于“{parent}”的启用日期。"})
    elif by is not None:
        raise ValidationError({"parent": "请选择上级单位。"})
    unit = Unit(kind=kind, code=code, name=name, parent=parent, valid_from=valid_from)
    _check_unit(unit)
    unit.save()
    return unit


def kind_below(parent: Unit | None) -> UnitKind:
    """The level of a unit under ``parent``; raises ValidationError below a grid."""
    above = parent.kind if parent is not None else None
    for kind in UnitKind:
        if PARENT_KIND.get(kind) == above:
            return kind
    raise ValidationError({"parent": "网格/小组下面不再设单位。"})


def _check_unit(unit):
    """The rules of one unit; also cleans its name."""
    unit.name, unit.code = clean_text(unit.name), to_halfwidth(unit.code).strip()
    length = 15 if unit.kind == UnitKind.GRID else 12
    if len(unit.code) != length or not unit.code.isascii():
        raise ValidationError({"code": f"{UnitKind(unit.kind).label}的代码应为 {length} 位数字。"})
    if unit.kind == UnitKind.GRID and not unit.code.startswith(unit.parent.code):
        raise ValidationError(
            {"code": f"网格代码应以社区代码 {unit.parent.code} 开头，再加 3 位。"}
        )
    holder = Unit.objects.filter(code=unit.code).exclude(pk=unit.pk).first()
    if holder is not None:
        raise ValidationError({"code": f"代码 {unit.code} 已由“{holder}”使用。"})
    unit.full_clean(exclude={"parent"})
    siblings = Unit.objects.filter(parent=unit.parent, name=unit.name, valid_to__isnull=True)
    if siblings.exclude(pk=unit.pk).exists():
        raise ValidationError({"name": f"同一上级下面已有叫“{unit.name}”的单位。"})


@transaction.atomic
def rename_unit(unit: Unit, *, name: str, on: date, by: User | None, note: str = "") -> None:
    """Papers dated before ``on`` keep the old name (Unit.name_on)."""
    _check_permission([unit], by)
    _check_open(unit, on)
    old, unit.name = unit.name, name
    _check_unit(unit)
    if unit.name == old:
        raise ValidationError({"name": "新名称与现在的名称相同。"})
    UnitChange.objects.create(
        kind=UnitChange.Kind.RENAME,
        unit=unit,
        effective_on=on,
        old_name=old,
        new_name=unit.name,
        note=note,
        recorded_by=by,
    )
    unit.save(update_fields=["name"])


@transaction.atomic
def correct_unit(
    unit: Unit, *, code: str, name: str, valid_from: date | None, by: User | None
) -> None:
    """Mend what was typed wrongly; unlike a rename the wrong name was never in force."""
    _check_permission([unit], by)
    grids = unit.children.filter(kind=UnitKind.GRID)
    if code != unit.code and grids.exists():
        raise ValidationError({"code": "网格代码由社区代码而来，已设网格的社区不能更正代码。"})
    unit.code, unit.name, unit.valid_from = code, name, valid_from
    _check_unit(unit)
    unit.save(update_fields=["code", "name", "valid_from"])


# --- ending, merging, splitting -----------------------------------------------------------------
@transaction.atomic
def end_unit(unit: Unit, *, on: date, by: User | None) -> None:
    """Close a unit that nobody succeeds; its open roles wait for the security administrator."""
    _check_permission([unit], by)
    _check_open(unit, on)
    if unit.children.filter(valid_to__isnull=True).exists():
        raise ValidationError("下面还有在用的单位，请先停用或撤并下级单位。")
    _end(unit, on)


@transaction.atomic
def merge_units(
    units: list[Unit], *, into: Unit, on: date, by: User | None, note: str = ""
) -> None:
    """End the units in favour of ``into``, an open unit of the same level under the same parent.

    Open grids go on under the successor with codes of its own; open roles end and go on there.
    """
    if not units:
        raise ValidationError("请选择要并入的单位。")
    _check_permission([*units, into], by)
    _locked([*units, into])
    for unit in units:
        _check_pair(unit, into, on)
        _check_open(unit, on)
    for unit in units:
        move_grids(unit, under=into, on=on, by=by, note=note)
        _succeed(UnitChange.Kind.MERGE, unit, into, on, by, note)
        _end(unit, on)
        continue_roles(unit, at=into, on=on)


@transaction.atomic
def split_unit(
    unit: Unit,
    *,
    into: list[Unit],
    on: date,
    by: User | None,
    note: str = "",
    grids: dict[Unit, Unit | None] | None = None,
) -> None:
    """End the unit in favour of several; ``grids`` says which successor goes on with which grid.

    All successors see the unit's records. Its open roles stay as they are, at an ended unit where
    nothing can be recorded, until the security administrator decides about each.
    """
    if len({successor.pk for successor in into}) < 2:
        raise ValidationError("拆分至少要有两个不同的承接单位。")
    _check_permission([unit, *into], by)
    _locked([unit, *into])
    for successor in into:
        _check_pair(unit, successor, on)
    _check_open(unit, on)
    end_grids(unit, going_to=grids or {}, among=into, on=on, by=by, note=note)
    for successor in into:
        _succeed(UnitChange.Kind.SPLIT, unit, successor, on, by, note)
    _end(unit, on)


def _check_permission(units, by):
    if by is None:
        return
    access = access_of(by)
    access.check("units.manage")
    reach = access.units("units.manage")
    # What is below a managed unit is managed too, also when it was founded a moment ago.
    if any(unit.pk not in reach and unit.parent_id not in reach for unit in units):
        raise OutOfScope(f"user:{by.pk} does not manage all of these units")


def _locked(units):
    """Hold the rows, so that a successor cannot end at the same moment."""
    list(Unit.objects.select_for_update().filter(pk__in=[u.pk for u in units]).order_by("pk"))
    for unit in units:
        unit.refresh_from_db(fields=["valid_from", "valid_to", "parent"])


def _check_pair(unit, successor, on):
    if unit.kind not in REARRANGED:
        raise ValidationError("街道和区县的撤并涉及全部下级单位，不能在这里办理。")
    if successor.pk == unit.pk:
        raise ValidationError({"into": f"“{unit}”不能由它自己承接。"})
    if successor.kind != unit.kind or successor.parent_id != unit.parent_id:
        raise ValidationError({"into": f"“{successor}”与“{unit}”不是同一上级下的同级单位。"})
    if successor.valid_to is not None:
        raise ValidationError({"into": f"“{successor}”已经停用，不能承接。"})
    if successor.valid_from and successor.valid_from > on:
        raise ValidationError({"into": f"“{successor}”在生效日期尚未启用。"})


def _check_open(unit, on):
    """The unit is in force and nothing later is on file; a change is registered when it is in force."""
    if unit.valid_to is not None:
        raise ValidationError(f"“{unit}”已经停用，不能再变动。")
    if on > timezone.localdate():
        raise ValidationError({"on": "生效日期不能晚于今天；请在生效当日或之后办理。"})
    if unit.valid_from and on <= unit.valid_from:
        raise ValidationError({"on": f"生效日期应晚于“{unit}”的启用日期。"})
    latest = unit.changes.aggregate(day=Max("effective_on"))["day"]
    taken_in = unit.predecessor_changes.aggregate(day=Max("effective_on"))["day"]
    if on < max(day for day in (latest, taken_in, date.min) if day):
        raise ValidationError({"on": f"“{unit}”在这一天之后还有变动，请核对日期。"})


def _succeed(kind, unit, successor, on, by, note):
    UnitChange.objects.create(
        kind=kind,
        unit=unit,
        successor=successor,
        effective_on=on,
        old_name=unit.name,
        new_name=successor.name_on(on),
        note=note,
        recorded_by=by,
    )


def _end(unit, on):
    unit.valid_to = on - DAY
    unit.save(update_fields=["valid_to"])

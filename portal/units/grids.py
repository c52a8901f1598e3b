"""What becomes of a community's grids when it is merged or split.

A grid is not hung under another parent: the years before would then tell of the wrong community.
It ends, and a grid of the same name goes on under the successor with a code of its own.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from portal.models import Unit, UnitChange, User
from portal.models.units import UnitKind

DAY = timedelta(days=1)
LAST_NUMBER = 999  # three digits after the community's code


def open_grids(unit: Unit):
    return unit.children.filter(kind=UnitKind.GRID, valid_to__isnull=True)


def move_grids(unit: Unit, *, under: Unit, on: date, by: User | None, note: str) -> None:
    """End the open grids of ``unit`` and go on with each under its successor."""
    for grid in open_grids(unit):
        _go_on(grid, under, on, by, note)


def end_grids(
    unit: Unit,
    *,
    going_to: dict[Unit, Unit | None],
    among: list[Unit],
    on: date,
    by: User | None,
    note: str,
) -> None:
    """End the open grids of ``unit``; those with a successor in ``going_to`` go on there."""
    chosen = {grid.pk: successor for grid, successor in going_to.items()}
    permitted = {successor.pk for successor in among}
    for grid in open_grids(unit):
        successor = chosen.get(grid.pk)
        if successor is None:
            _end(grid, on)
        elif successor.pk in permitted:
            _go_on(grid, successor, on, by, note)
        else:
            raise ValidationError(f"“{grid}”只能划给承接单位。")


def _go_on(grid, under, on, by, note):
    heir = Unit.objects.create(
        kind=UnitKind.GRID,
        code=_free_code(under),
        name=_free_name(grid, under),
        parent=under,
        valid_from=on,
    )
    UnitChange.objects.create(
        kind=UnitChange.Kind.MERGE,
        unit=grid,
        successor=heir,
        effective_on=on,
        old_name=grid.name,
        new_name=heir.name,
        note=note,
        recorded_by=by,
    )
    _end(grid, on)


def _end(grid, on):
    if grid.valid_from and on <= grid.valid_from:
        raise ValidationError(
            {"on": f"“{grid.parent}”的“{grid}”在生效日期之后才启用，请核对日期。"}
        )
    grid.valid_to = on - DAY
    grid.save(update_fields=["valid_to"])


def _free_code(community) -> str:
    taken = set(community.children.values_list("code", flat=True))
    for number in range(1, LAST_NUMBER + 1):
        code = f"{community.code}{number:03d}"
        if code not in taken:
            return code
    raise ValidationError(f"“{community}”的网格代码已经用完。")


def _free_name(grid, community) -> str:
    """The grid's name, with that of its former community where the successor has one like it."""
    taken = set(open_grids(community).values_list("name", flat=True))
    return f"{grid.name}（原{grid.parent.name}）"[:60] if grid.name in taken else grid.name

"""Outlines of the units below a street or a community: matched with the tree, stored together, removed."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.charts.outlines import Outline
from portal.errors import OutOfScope
from portal.models import Unit, UnitOutline, User
from portal.models.units import UnitKind
from portal.scope import access_of
from portal.text import to_halfwidth
from portal.units.geojson import Place, read, shapes

DRAWN = {UnitKind.STREET, UnitKind.COMMUNITY}  # what has a plan of what is below it
TOLD = 5  # names in a message


def below(parent: Unit) -> list[Unit]:
    """What a plan of the unit shows today, by code."""
    return list(parent.children.valid_on(timezone.localdate()).order_by("code"))


def matched(parent: Unit, data: bytes) -> dict[int, Outline]:
    """The outlines of a GeoJSON file by unit: each unit below ``parent`` once, by its code or its name.

    Raises ValidationError for a file that cannot be read, shapes that name no unit, two that name the same,
    and units that have none.
    """
    units = below(parent)
    if not units:
        raise ValidationError(f"“{parent}”没有下级单位，不能画平面图。")
    places = read(data)
    found: dict[int, Place] = {}
    for place in places:
        unit = _named(place, units)
        if unit.pk in found:
            raise ValidationError(
                f"{place.told}与第 {found[unit.pk].number} 个图形都是“{unit}”，请合并成一个。"
            )
        found[unit.pk] = place
    missing = [unit.name for unit in units if unit.pk not in found]
    if missing:
        raise ValidationError(f"还缺 {len(missing)} 个单位的轮廓：{_few(missing)}。")
    drawn = shapes(list(found.values()))
    return dict(zip(found, drawn, strict=True))


def _named(place: Place, units: Iterable[Unit]) -> Unit:
    told = {to_halfwidth(name) for name in place.names}
    for of in (lambda unit: unit.code, lambda unit: to_halfwidth(unit.name)):
        fitting = [unit for unit in units if of(unit) in told]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise ValidationError(
                f"{place.told}的属性里有几个单位：{_few([u.name for u in fitting])}。"
            )
    if not place.names:
        raise ValidationError(f"{place.told}没有属性，应写明单位的代码或名称。")
    raise ValidationError(
        f"{place.told}的属性里没有下级单位的代码或名称（读到：{_few(place.names)}）。"
    )


def _few(names) -> str:
    names = list(names)
    more = f"等 {len(names)} 个" if len(names) > TOLD else ""
    return "、".join(names[:TOLD]) + more


def _check_permission(parent: Unit, by: User | None) -> None:
    if by is None:
        return
    access = access_of(by)
    access.check("units.manage")
    if parent.pk not in access.units("units.manage"):
        raise OutOfScope(f"user:{by.pk} does not manage unit:{parent.pk}")


@transaction.atomic
def store_outlines(parent: Unit, outlines: Mapping[int, Outline], *, by: User | None) -> None:
    """In place of what was there. Raises ValidationError where they are not those of the units below, as
    when the tree has changed since they were matched; Denied, OutOfScope."""
    _check_permission(parent, by)
    Unit.objects.select_for_update().get(pk=parent.pk)
    if {unit.pk for unit in below(parent)} != set(outlines):
        raise ValidationError("下级单位已经变动，请重新上传轮廓。")
    _all_of(parent).delete()
    UnitOutline.objects.bulk_create(
        UnitOutline(unit_id=pk, polygons=outline.polygons, recorded_by=by)
        for pk, outline in outlines.items()
    )


@transaction.atomic
def remove_outlines(parent: Unit, *, by: User | None) -> None:
    """Back to tiles. Raises ValidationError where there is nothing to remove; Denied, OutOfScope."""
    _check_permission(parent, by)
    Unit.objects.select_for_update().get(pk=parent.pk)
    if not _all_of(parent).delete()[0]:
        raise ValidationError("没有上传过轮廓。")


def _all_of(parent: Unit):
    return UnitOutline.objects.filter(unit__parent=parent)

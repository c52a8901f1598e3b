"""What a merger, split or end will do, in sentences; counted from the records as they are now."""

from datetime import date, timedelta

from portal.accounts.permissions import not_over
from portal.guided import chinese_day
from portal.models import RoleAssignment, Unit
from portal.units.grids import open_grids


def open_roles(unit: Unit, on: date) -> int:
    return RoleAssignment.objects.filter(not_over(on), unit=unit).count()


def _ends(unit, on):
    last = chinese_day(on - timedelta(days=1))
    return f"“{unit}”自{chinese_day(on)}起停用，{last}是最后一天；之后不能再用它登记记录。"


def of_merger(units: list[Unit], successor: str, on: date) -> list[str]:
    told = [_ends(unit, on) for unit in units]
    names = "、".join(f"“{unit}”" for unit in units)
    told.append(f"{names}原有的记录仍归原单位，“{successor}”的工作人员可以查看和办理。")
    if grids := sum(open_grids(unit).count() for unit in units):
        told.append(f"{grids} 个网格停用，同日在“{successor}”下面设立同名网格，代码重新编排。")
    if roles := sum(open_roles(unit, on) for unit in units):
        told.append(f"{roles} 个角色在原单位结束，同日转到“{successor}”继续有效。")
    return told


def of_split(unit: Unit, successors: list[str], on: date, grids: int, leaving: int) -> list[str]:
    names = "、".join(f"“{name}”" for name in successors)
    told = [_ends(unit, on), f"“{unit}”原有的记录仍归原单位，{names}的工作人员都可以查看和办理。"]
    if grids > leaving:
        told.append(f"{grids - leaving} 个网格在承接单位下面继续，代码重新编排。")
    if leaving:
        told.append(f"{leaving} 个网格停用，不再保留。")
    if roles := open_roles(unit, on):
        told.append(f"{roles} 个角色留在原单位等待处理，由安全管理员逐一决定去向。")
    return told


def of_end(unit: Unit, on: date) -> list[str]:
    told = [_ends(unit, on), "没有单位承接它；原有的记录保留，由上级单位查看。"]
    if roles := open_roles(unit, on):
        told.append(f"{roles} 个角色留在原单位等待处理，由安全管理员逐一决定去向。")
    return told

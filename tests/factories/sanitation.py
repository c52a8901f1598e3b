"""Sanitation work: one believable, valid row each; call inside ``acting``."""

from datetime import date
from decimal import Decimal

from residents.enums import Sex
from sanitation.enums.inspections import InspectionKind, ProblemType
from sanitation.enums.places import Employment, PointKind
from sanitation.models import (
    Cleaner,
    Finding,
    Inspection,
    InspectionPoint,
    Rubric,
    RubricFault,
    RubricItem,
)

DAY = date(2025, 3, 12)


def rubric(unit, name="村（社区）环境卫生评分表", **fields) -> Rubric:
    """Two items: 路面 with two faults, and 公厕, which may be not applicable."""
    made = Rubric.objects.create(unit=unit, name=name, **{"starts_on": date(2025, 1, 1)} | fields)
    road = item(made, 1, "主干道路面及两侧", maximum=Decimal(12))
    fault(road, 1, "成堆垃圾", points=Decimal(2), problem=ProblemType.HEAP, is_serious=True)
    fault(road, 2, "散落垃圾", points=Decimal("0.5"), problem=ProblemType.LITTER)
    toilet = item(made, 2, "公厕、户厕", maximum=Decimal(6), may_be_na=True)
    fault(toilet, 1, "不洁", points=Decimal(1), problem=ProblemType.TOILET)
    return made


def item(rubric_, ordinal, title, **fields) -> RubricItem:
    return RubricItem.objects.create(
        unit=rubric_.unit,
        rubric=rubric_,
        ordinal=ordinal,
        title=title,
        **{"maximum": Decimal(10), "needs_photo": False} | fields,
    )


def fault(item_, ordinal, title, **fields) -> RubricFault:
    return RubricFault.objects.create(
        unit=item_.unit,
        item=item_,
        ordinal=ordinal,
        title=title,
        **{"points": Decimal(1), "problem": ProblemType.OTHER} | fields,
    )


def inspection(unit, community=None, kind=InspectionKind.ROUTINE, **fields) -> Inspection:
    """Begun and not yet handed in."""
    return Inspection.objects.create(
        unit=unit,
        community=community or unit,
        kind=kind,
        **{
            "occurred_on": DAY,
            "inspectors": "吴永刚、刘芳",
            "notified": kind != InspectionKind.UNANNOUNCED,
        }
        | fields,
    )


def finding(inspection_, fault_=None, occurrences=1, **fields) -> Finding:
    taken = fault_.points * occurrences if fault_ else Decimal(0)
    return Finding.objects.create(
        unit=inspection_.unit,
        inspection=inspection_,
        occurred_on=inspection_.occurred_on,
        fault=fault_,
        occurrences=occurrences,
        **{"problem": fault_.problem if fault_ else ProblemType.OTHER, "points": taken} | fields,
    )


def cleaner(unit, name="彭建国", community=None, **fields) -> Cleaner:
    return Cleaner.objects.create(
        unit=unit,
        community=community or unit,
        name=name,
        **{
            "sex": Sex.MALE,
            "born_on": date(1966, 5, 1),
            "employment": Employment.FULL,
            "starts_on": date(2024, 1, 1),
            "phone": "13800000011",
        }
        | fields,
    )


def point(unit, name="老街公厕", community=None, **fields) -> InspectionPoint:
    return InspectionPoint.objects.create(
        unit=unit,
        community=community or unit,
        name=name,
        **{"kind": PointKind.TOILET, "starts_on": date(2025, 1, 1)} | fields,
    )

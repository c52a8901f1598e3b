"""Inspections further on their way: handed in, answered; one believable, valid row each."""

from datetime import date

from portal.models import Unit
from portal.models.units import UnitKind
from sanitation.drawing import draw
from sanitation.enums.inspections import InspectionKind, SampleMethod
from sanitation.models import GroupDraw, InspectedItem, InspectionReply, SampledGroup
from tests.factories import sanitation as make


def handed_in(unit, community=None, kind=InspectionKind.QUARTER, **fields):
    """A quarter check with its score, open."""
    row = make.inspection(
        unit,
        community,
        kind,
        **{
            "handed_in_on": make.DAY,
            "is_open": kind != InspectionKind.UNANNOUNCED,
            "score": 90,
            "full": 100,
        }
        | fields,
    )
    return row


def sampled(inspection, grid, method=SampleMethod.RANDOM) -> SampledGroup:
    return SampledGroup.objects.create(
        unit=inspection.unit, inspection=inspection, grid=grid, method=method
    )


def drawn(inspection, *grids) -> GroupDraw:
    """Groups drawn at random, with the draw that anybody can do again."""
    for grid in grids:
        sampled(inspection, grid)
    codes = [grid.code for grid in grids]
    return GroupDraw.objects.create(
        unit=inspection.unit,
        inspection=inspection,
        seed="明珠",
        frame=codes,
        wanted=len(codes),
        result=draw(codes, "明珠", len(codes)),
    )


def reply(inspection, agrees=True, **fields) -> InspectionReply:
    return InspectionReply.objects.create(
        unit=inspection.community,
        inspection=inspection,
        **{
            "occurred_on": inspection.occurred_on,
            "agrees": agrees,
            "signer": "彭支书",
            "objection": "" if agrees else "第三组的垃圾不是我村的。",
        }
        | fields,
    )


def one_of_each(unit) -> dict:
    """By ledger; those of rubrics, which their managers alone keep, are made along."""
    rubric = make.rubric(unit)
    row = handed_in(unit, kind=InspectionKind.SPECIAL, rubric=rubric, subject="金丝雀专项检查")
    grid = Unit.objects.create(
        kind=UnitKind.GRID, code=f"{unit.code}081", name="金丝雀组", parent=unit
    )
    return {
        "inspections": row,
        "findings": make.finding(row, rubric.items.first().faults.first(), 2, place="金丝雀塘"),
        "inspected-items": InspectedItem.objects.create(
            unit=unit, inspection=row, item=rubric.items.get(ordinal=2), is_na=True, note="没有公厕"
        ),
        "sampled-groups": sampled(row, grid),
        "inspection-replies": reply(row, agrees=False),
    }


def by_one(unit):
    return handed_in(unit, kind=InspectionKind.ROUTINE, inspectors="吴永刚", score=None, full=None)


# By quality rule: a row, or rows, of the unit that break it.
BROKEN = {
    "sanitation.inspection_by_one": by_one,
    "sanitation.quarter_check_no_sample": handed_in,
    "sanitation.quarter_check_twice": lambda unit: [handed_in(unit), handed_in(unit)],
    "sanitation.quarter_check_no_score": lambda unit: handed_in(unit, score=None, full=None),
    "sanitation.rubric_not_in_force": lambda unit: make.inspection(
        unit, rubric=make.rubric(unit), occurred_on=date(2024, 12, 31)
    ),
    "sanitation.rubric_not_hundred": make.rubric,
}

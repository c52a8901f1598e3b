"""Cleaners, their grids, leaves and trainings, places and those who answer for them; call inside
``acting``."""

from datetime import date

from residents.enums import ActivityKind
from residents.models import Activity
from sanitation.enums.places import KeyUnitKind, LeaveKind, RepresentativeKind
from sanitation.models import (
    CleanerAttendance,
    CleanerLeave,
    GridAssignment,
    KeyUnit,
    Representative,
)
from tests.factories.sanitation import cleaner, point

SINCE = date(2025, 1, 1)
DAY = date(2025, 8, 21)


def assignment(cleaner_, grid, **fields) -> GridAssignment:
    return GridAssignment.objects.create(
        unit=cleaner_.unit, cleaner=cleaner_, grid=grid, **{"starts_on": SINCE} | fields
    )


def leave(cleaner_, starts_on=date(2025, 7, 1), ends_on=date(2025, 7, 5), **fields) -> CleanerLeave:
    return CleanerLeave.objects.create(
        unit=cleaner_.unit,
        cleaner=cleaner_,
        starts_on=starts_on,
        ends_on=ends_on,
        **{"kind": LeaveKind.SICK} | fields,
    )


def training(unit, title="垃圾分类培训", **fields) -> Activity:
    return Activity.objects.create(
        unit=unit,
        title=title,
        kind=ActivityKind.TRAINING,
        domains=["sanitation"],
        **{"occurred_on": DAY} | fields,
    )


def attendance(training_, cleaner_, **fields) -> CleanerAttendance:
    return CleanerAttendance.objects.create(
        unit=training_.unit,
        activity=training_,
        cleaner=cleaner_,
        occurred_on=training_.occurred_on,
        **fields,
    )


def assigned(grids) -> set:
    """Whoever was ever assigned to one of these."""
    rows = GridAssignment.objects.filter(grid__in=grids).select_related("cleaner")
    return {row.cleaner for row in rows}


def key_unit(unit, community=None, name="兴旺养殖场", **fields) -> KeyUnit:
    return KeyUnit.objects.create(
        unit=unit,
        community=community or unit,
        name=name,
        **{"kind": KeyUnitKind.FARM, "manager": "周兴旺", "phone": "13800000022"}
        | {"starts_on": SINCE}
        | fields,
    )


def representative(unit, community=None, name="龙秀英", **fields) -> Representative:
    return Representative.objects.create(
        unit=unit,
        community=community or unit,
        name=name,
        **{"kind": RepresentativeKind.LEHE, "phone": "13800000033", "starts_on": SINCE} | fields,
    )


def one_of_each(unit, grid) -> dict:
    """A record of every ledger of places and cleaners, kept by the community itself."""
    who = cleaner(unit, id_kind="citizen", number="")
    taught = training(unit, speaker="周建平")
    return {
        "inspection-points": point(unit, grid=grid, place="老街"),
        "key-units": key_unit(unit, grid=grid),
        "representatives": representative(unit, grid=grid),
        "cleaners": who,
        "cleaner-leaves": leave(who, substitute="胡小兰"),
        "grid-assignments": assignment(who, grid, duty="主干道"),
        "cleaner-trainings": taught,
        "cleaner-attendance": attendance(taught, who, passed=True),
    }

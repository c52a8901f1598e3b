"""Cleaners, their grids, leaves and trainings, places and those who answer for them; call inside
``acting``."""

from datetime import date, timedelta

from django.utils import timezone

from portal.models import Unit
from residents.enums import ActivityKind
from residents.models import Activity
from sanitation.enums.places import KeyUnitKind, LeaveKind, RepresentativeKind
from sanitation.models import (
    Cleaner,
    CleanerAttendance,
    CleanerLeave,
    GridAssignment,
    KeyUnit,
    Representative,
)
from tests.factories.people import id_number
from tests.factories.sanitation import cleaner, point

SINCE = date(2025, 1, 1)
DAY = date(2025, 8, 21)
TODAY, ONE_DAY = timezone.localdate(), timedelta(days=1)


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


def _grid(unit) -> Unit:
    return Unit.objects.create(kind="grid", code=f"{unit.code}001", name="第1网格", parent=unit)


def one_of_each(unit) -> dict:
    """A record of every ledger of places and cleaners, kept by the community itself."""
    grid = _grid(unit)
    who = cleaner(unit, tools="扫帚", pay=1800)
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


# --- what breaks a quality rule: the record that is to be mended, by the rule's code ----------------
def _left_and_assigned(unit) -> GridAssignment:
    return assignment(cleaner(unit, ends_on=TODAY - ONE_DAY), _grid(unit))


def _leave_before_post(unit) -> CleanerLeave:
    return leave(cleaner(unit, starts_on=date(2025, 8, 1)))


def _kept_twice(unit) -> Cleaner:
    """By the community and by the street."""
    number = id_number(sequence=1)
    cleaner(unit.parent, community=unit, number=number)
    return cleaner(unit, number=number)


def _moved_training(unit) -> CleanerAttendance:
    row = attendance(training(unit), cleaner(unit))
    Activity.objects.filter(pk=row.activity_id).update(occurred_on=DAY + ONE_DAY)
    return row


BROKEN = {
    "cleaner_left": _left_and_assigned,
    "cleaner_leave_outside": _leave_before_post,
    "cleaner_twice": _kept_twice,
    "cleaner_no_birth": lambda unit: cleaner(unit, born_on=None),
    "cleaner_no_phone": lambda unit: cleaner(unit, phone=""),
    "cleaner_no_sex": lambda unit: cleaner(unit, sex=None),
    "cleaner_employment": lambda unit: cleaner(unit, employment=""),
    "cleaner_old": lambda unit: cleaner(unit, born_on=date(1950, 1, 1)),
    "cleaner_no_grid": cleaner,
    "cleaner_no_substitute": lambda unit: leave(cleaner(unit), TODAY - 6 * ONE_DAY, TODAY),
    "cleaner_attendance_day": _moved_training,
    "key_unit_manager": lambda unit: key_unit(unit, manager=""),
}

"""Meetings of a year: each month has its row, so that held ÷ planned is held ÷ 12."""

from datetime import date

from django.db import transaction

from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import Scope, scope
from servicecenter.models import JointMeeting


@transaction.atomic
def store_meeting(meeting, *, by):
    """Store the meeting and plan the months of its year that have none yet."""
    if meeting._state.adding:
        meeting.recorded_by = by
    meeting.save()
    plan_year(meeting.unit, meeting.month.year, by=by)
    return meeting


@transaction.atomic
def store_meetings(meetings, *, by) -> list:
    """Just as ``store_meeting`` for each; the months of a file are there before others are planned."""
    for meeting in meetings:
        meeting.recorded_by = by
        meeting.save()
    for unit, year in {(meeting.unit, meeting.month.year) for meeting in meetings}:
        plan_year(unit, year, by=by)
    return list(meetings)


def plan_year(unit, year: int, *, by) -> int:
    """Plan the year's months that have no meeting yet; how many there were."""
    present = set(
        JointMeeting.objects.kept()
        .filter(unit=unit, month__year=year)
        .values_list("month", flat=True)
    )
    missing = [m for n in range(1, 13) if (m := date(year, n, 1)) not in present]
    for month in missing:
        JointMeeting.objects.create(unit=unit, month=month, recorded_by=by)
    return len(missing)


def plan_everywhere(actor: str, year: int) -> int:
    """Plan the year for every unit that has held or planned meetings before; how many rows it took.

    So a year in which nobody has recorded anything yet counts its twelve, and is on the list of work.
    """
    planned = 0
    for unit in Unit.objects.exclude(kind=UnitKind.GRID).order_by("pk"):
        with scope(Scope(frozenset({unit.pk}), frozenset(), actor)):
            if JointMeeting.objects.kept().filter(unit=unit).exists():
                planned += plan_year(unit, year, by=None)
    return planned

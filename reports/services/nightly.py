"""The drafts of the night: of every unit and kind, of this year and in January of the last, as long as
no person has touched them."""

from datetime import date

from django.utils import timezone

from portal.isolation import one_moment
from portal.models import Unit
from portal.models.units import UnitKind
from portal.periods import Period
from portal.scope import scope, scope_of_units
from portal.summaries import Telling, outlines
from reports.models import Summary
from reports.readings import Readings, told_in
from reports.services.drafting import draft, open_draft, redraft

ACTOR = "job:nightly-drafts"
DRAFTED, RENEWED, LEFT = "drafted", "renewed", "left"


def periods_on(today: date) -> list[Period]:
    """The year so far; in January the last one too, whose summaries are being written."""
    this = Period.year_of(today)
    return [this, this.previous()] if today.month == 1 else [this]


def queue_all() -> int:
    """A job for each unit in force, kind and period; how many."""
    from reports.tasks import nightly_draft

    today = timezone.localdate()
    units = Unit.objects.valid_on(today).exclude(kind=UnitKind.GRID)
    wanted = [
        {"unit": unit.pk, "kind": outline.kind, "period": period.key}
        for unit in units
        for outline in outlines
        for period in periods_on(today)
        if outline.suits(unit)
    ]
    if wanted:
        nightly_draft.batch_defer(*wanted)
    return len(wanted)


def draft_one(unit_id: int, kind: str, period_key: str) -> str:
    """What was done. A unit of which the outline's figures tell nothing gets no draft; one that was
    issued, given up, or begun by a person is left alone."""
    outline, period = outlines[kind], Period.parse(period_key)
    within = scope_of_units([unit_id], ACTOR)  # read before the moment begins
    with one_moment(), scope(within):
        unit = Unit.objects.get(pk=unit_id)
        found = open_draft(outline, unit, period)
        if found is not None:
            return RENEWED if found.automatic and _renewed(found) else LEFT
        about = {"kind": kind, "unit": unit, "group": None, "period_key": period.key}
        if Summary.objects.filter(**about).exists():
            return LEFT
        readings = Readings(Telling.of(unit, period), told_in(outline))
        if not any(reading.value for reading in readings.values()):
            return LEFT
        draft(outline=outline, unit=unit, period=period, by=None)
        return DRAFTED


def _renewed(found: Summary) -> bool:
    """Whether the records tell something else than last night."""
    before = found.version
    redraft(found, version=found.version, by=None)
    return found.version != before

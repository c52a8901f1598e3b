"""What may be posted, what a posting still waits for, and what its list shows of each volunteer."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.masks import mask_name
from volunteers.enums.hours import CorrectionState, HoursState
from volunteers.models import HoursCorrection, HoursPosting, ServiceRecord
from volunteers.selectors.hours import told_hours


def objected():
    """Whether somebody asked for a correction of the record that is not answered."""
    return Exists(
        HoursCorrection.objects.kept().filter(service=OuterRef("pk"), state=CorrectionState.OPEN)
    )


def to_post(unit, until: date):
    """Confirmed records up to the day; those with an open correction stay out."""
    rows = ServiceRecord.objects.kept().filter(
        unit=unit, state=HoursState.CONFIRMED, occurred_on__lte=until
    )
    return rows.exclude(objected()).select_related("unit", "volunteer__resident", "activity")


def held_back(unit, until: date):
    """Confirmed records that an open correction keeps out of a posting."""
    rows = ServiceRecord.objects.kept().filter(
        unit=unit, state=HoursState.CONFIRMED, occurred_on__lte=until
    )
    return rows.filter(objected())


def lines_of(posting: HoursPosting):
    """The records of a posting in the order of the list: by number, then by day."""
    rows = posting.services.kept().select_related("volunteer__resident", "activity", "unit")
    return rows.order_by("volunteer__serial_number", "occurred_on", "came_at", "pk")


def totals_of(lines) -> tuple[int, str]:
    """(people, hours as told) of the lines of a posting: page and paper tell the same."""
    people = {line.volunteer_id for line in lines}
    return len(people), told_hours(sum(line.minutes or 0 for line in lines))


def papered(posting: HoursPosting):
    """Of these lines what is put up: not what was refused or revoked since."""
    return lines_of(posting).filter(state__in=[HoursState.POSTED, HoursState.COUNTED])


def shown_name(volunteer) -> str:
    """The whole name of who agreed to it and is of age, else the masked one: a posted list is read by
    everybody."""
    named = volunteer.is_named_on(timezone.localdate())
    return volunteer.called if named else mask_name(volunteer.called)


def objections(posting: HoursPosting):
    """Corrections asked for of the posting's records, the open ones first."""
    rows = HoursCorrection.objects.kept().filter(service__posting=posting)
    return rows.select_related("service__volunteer__resident", "service__activity").order_by(
        "answered_on", "-occurred_on", "pk"
    )


def ended(units, today: date):
    """Postings whose last day has passed and that hold records still to be counted."""
    rows = HoursPosting.objects.kept().filter(unit__in=units, closed_on=None, ends_on__lt=today)
    return rows.order_by("ends_on", "pk")

"""What happens to a cleaner beyond their record: leaving the post, taking part in a training."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.ledgers.services import recycle
from portal.scope import access_of
from sanitation.models import Cleaner, CleanerAttendance, CleanerLeave, GridAssignment
from sanitation.selectors.cleaners import in_service
from sanitation.workflow import EDIT


@transaction.atomic
def leave_post(cleaner: Cleaner, day: date, *, note: str = "", by) -> Cleaner:
    """``day`` is the last one on the post. Raises Denied, StaleRecord, ValidationError at its field."""
    access_of(by).check(EDIT, cleaner.unit_id)
    if cleaner.ends_on:
        raise ValidationError({"ends_on": f"已于 {cleaner.ends_on} 离岗。"})
    cleaner.ends_on = day
    if note:
        cleaner.note = "；".join(part for part in (cleaner.note, note) if part)
    cleaner.full_clean(exclude={"recorded_by", "deleted_by", "community"})
    cleaner.save()
    end_with_post(cleaner, by=by)
    return cleaner


def end_with_post(cleaner: Cleaner, *, by) -> int:
    """End what goes beyond the last day of a cleaner who left: grids and leaves. What would only begin
    afterwards goes to the recycle bin; what another unit keeps is its to end, and a quality rule tells
    it. Gives how many grids are given up."""
    last = cleaner.ends_on
    units = access_of(by).units(EDIT)
    given_up = 0
    for model in (GridAssignment, CleanerLeave):
        rows = (
            model.objects.kept().filter(cleaner=cleaner, unit__in=units).exclude(ends_on__lte=last)
        )
        for row in rows:
            if row.starts_on > last:
                recycle(row, version=row.version, by=by)
            else:
                row.ends_on = last
                row.save()
            given_up += model is GridAssignment
    return given_up


@transaction.atomic
def attend(training, cleaners, *, passed: bool | None, by) -> tuple[int, int]:
    """Note that these cleaners took part in the training, in the unit that keeps it: (noted now, noted
    before). Those noted before stay as they are.

    Raises Denied, or ValidationError naming who was not on the post that day."""
    access_of(by).check(EDIT, training.unit_id)
    there = Cleaner.objects.filter(in_service(training.occurred_on))
    present = set(there.filter(pk__in=[each.pk for each in cleaners]).values_list("pk", flat=True))
    if absent := [cleaner.name for cleaner in cleaners if cleaner.pk not in present]:
        raise ValidationError({"cleaners": f"{'、'.join(absent)}在培训那天不在岗。"})
    known = set(
        CleanerAttendance.objects.kept()
        .filter(activity=training, cleaner__in=cleaners)
        .values_list("cleaner", flat=True)
    )
    fresh = [cleaner for cleaner in cleaners if cleaner.pk not in known]
    for cleaner in fresh:
        CleanerAttendance.objects.create(
            unit_id=training.unit_id,
            activity=training,
            cleaner=cleaner,
            occurred_on=training.occurred_on,
            passed=passed,
            recorded_by=by,
        )
    return len(fresh), len(cleaners) - len(fresh)


def moved(training) -> None:
    """The attendances, which figures count by their own day, follow a training to another day."""
    rows = CleanerAttendance.objects.kept().filter(activity=training)
    rows.exclude(occurred_on=training.occurred_on).update(occurred_on=training.occurred_on)

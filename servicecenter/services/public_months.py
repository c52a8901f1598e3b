"""公开月报: the month's figures as the engine counts them, kept as they were published."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.figures import engine
from portal.months import chinese_month, first_of, last_of
from portal.periods import Period
from portal.scope import access_of, below
from servicecenter.models import PublishedMonth

PERMISSION = "catalogue.manage"
CODES = (
    *("accepted", "decided", "completion", "on_time_rate", "average_days"),
    *("satisfaction", "rated_share", "commitments_kept_rate"),
)


def readings(unit, month: date) -> list[list[str]]:
    """[label, text] of what is published of a month: of the unit and all below it."""
    period = Period(first_of(month), last_of(month))
    codes = (f"servicecenter.{name}" for name in CODES)
    found = (engine.read(c, below([unit.pk]), period) for c in codes if c in engine.figures)
    return [[reading.figure.label, _told(reading)] for reading in found]


def _told(reading) -> str:
    """As running text tells it; a ratio over nothing is a dash with its terms."""
    if reading.numerator is not None and not reading.denominator.value:
        return f"—（{reading.numerator.text}/{reading.denominator.text}）"
    return reading.full


@transaction.atomic
def publish(unit, month: date, *, by) -> PublishedMonth:
    """Publish a month that is over, or publish it anew. Raises ValidationError, Denied."""
    access_of(by).check(PERMISSION, unit.pk)
    month = first_of(month)
    if last_of(month) >= timezone.localdate():
        raise ValidationError({"month": f"{chinese_month(month)}还没有结束，结束后才能公布。"})
    known = PublishedMonth.objects.kept().filter(unit=unit, month=month).first()
    row = known or PublishedMonth(unit=unit, month=month, recorded_by=by)
    row.published_on, row.rows = timezone.localdate(), readings(unit, month)
    row.save()
    return row

"""Closing a period of a unit and all below it, and opening one again."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from portal.models import ClosedPeriod, Unit
from portal.models.units import UnitKind
from portal.periods import Period
from portal.scope import access_of

LOCK = 5_402_034  # with a unit's key; wall_closed (portal/wall/sql/closing.sql) holds it for each write
MAY_CLOSE, MAY_OPEN = "periods.close", "periods.open"


@transaction.atomic
def close(unit: Unit, period: Period, *, note: str = "", by) -> list[ClosedPeriod]:
    """A row for the unit and for each below it that has none of just these days.

    Waits for writes of these units that began before; those that come meanwhile wait for the end.
    Raises Denied, ValidationError for a period that is not over or is closed already.
    """
    access_of(by).check(MAY_CLOSE, unit.pk)
    if period.end >= timezone.localdate():
        raise ValidationError({"period": "这段时间还没有过完，不能关账。"})
    units = Unit.objects.within([unit.pk]).exclude(kind=UnitKind.GRID)
    _wait_for_writers([each.pk for each in units])
    span = {"starts_on": period.start, "ends_on": period.end}
    known = ClosedPeriod.objects.filter(unit__in=units, opened_at__isnull=True, **span)
    closed = set(known.values_list("unit", flat=True))
    fresh = [each for each in units if each.pk not in closed]
    if not fresh:
        raise ValidationError({"period": f"{period.label}已经关账。"})
    now = timezone.now()
    return ClosedPeriod.objects.bulk_create(
        ClosedPeriod(unit=each, **span, closed_by=by, closed_at=now, note=note) for each in fresh
    )


def _wait_for_writers(units: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, touched)"
            " FROM (SELECT unnest(%s::int[]) AS touched ORDER BY 1) units",
            [LOCK, units],
        )


@transaction.atomic
def open_again(row: ClosedPeriod, *, reason: str, by) -> None:
    """Let writes in again; the row stays with who and why.

    Raises Denied, ValidationError when it is open already, StaleRecord.
    """
    access_of(by).check(MAY_OPEN, row.unit_id)
    if row.opened_at:
        raise ValidationError("这段时间已经解锁。")
    row.opened_at, row.opened_by, row.opened_for = timezone.now(), by, reason
    row.save(update_fields=["opened_at", "opened_by", "opened_for"])

"""Which periods are closed."""

from portal.models import ClosedPeriod
from portal.periods import Period
from portal.scope import access_of


def closed_of(user):
    """Closed periods, past ones too, of the units where ``user`` sees numbers; the latest first."""
    units = access_of(user).units("figures.view")
    rows = ClosedPeriod.objects.filter(unit__in=units)
    return rows.select_related("unit", "closed_by", "opened_by")


def is_closed(unit_id: int, period: Period) -> bool:
    """Whether every day of the period is closed for the unit by one row in force."""
    return ClosedPeriod.objects.filter(
        unit=unit_id,
        opened_at__isnull=True,
        starts_on__lte=period.start,
        ends_on__gte=period.end,
    ).exists()

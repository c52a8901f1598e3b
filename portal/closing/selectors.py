"""Which periods are closed."""

from django.utils import timezone

from portal.models import ClosedPeriod
from portal.periods import Period
from portal.scope import access_of


def closed_of(user):
    """Closed periods, past ones too, of the units where ``user`` sees numbers; the latest first."""
    units = access_of(user).units("figures.view")
    rows = ClosedPeriod.objects.filter(unit__in=units)
    return rows.select_related("unit", "closed_by", "opened_by")


def may_close(user, unit_id: int, period: Period) -> bool:
    """Whether ``user`` may close the period of the unit, which is over and not closed yet."""
    over = period.end < timezone.localdate()
    allowed = over and access_of(user).may("periods.close", unit_id)
    return (
        allowed
        and not ClosedPeriod.objects.filter(
            unit=unit_id,
            opened_at__isnull=True,
            starts_on__lte=period.start,
            ends_on__gte=period.end,
        ).exists()
    )

"""Eight weeks of data-quality counts before today: as of now, and more the longer ago."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from portal.models import QualityCount
from portal.quality.counting import recorded_units, store
from portal.scope import current_scope

WEEKS, SEED = 8, 20250103
SLIPS = (0, 0, 0, 1)


def add_history() -> None:
    """The mending of some weeks; what is counted today is true, the past is invented."""
    random, today = Random(SEED), timezone.localdate()  # noqa: S311  not a secret
    units = recorded_units() & current_scope().units  # the demo may stand beside real units
    store(units)
    rows = []
    for now in QualityCount.objects.filter(counted_on=today).order_by("unit"):
        more = {code: random.uniform(-0.02, 0.06) for code in now.counts}
        for weeks in range(1, WEEKS + 1):
            counts = {
                code: max(0, round(n * (1 + more[code] * weeks)) + (n and random.choice(SLIPS)))
                for code, n in now.counts.items()
            }
            day = today - timedelta(days=7 * weeks)
            rows.append(QualityCount(unit_id=now.unit_id, counted_on=day, counts=counts))
    QualityCount.objects.bulk_create(rows)

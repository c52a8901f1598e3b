"""What everybody may read of the echo wall."""

from django.db.models import Q
from django.utils import timezone

from servicecenter.enums.reception import EchoState
from servicecenter.models import Echo

# Passed by the unit, agreed to by who asked, and published.
PUBLIC = Q(
    deleted_at__isnull=True,
    state=EchoState.PASSED,
    may_publish=True,
    replied_on__isnull=False,
    published_on__isnull=False,
)


def public_echoes(unit):
    """The unit's published questions, newest first; tell only ``shown``, ``reply`` and the days."""
    rows = Echo.objects.filter(PUBLIC, unit=unit, published_on__lte=timezone.localdate())
    return rows.order_by("-published_on", "-pk")

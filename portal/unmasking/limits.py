"""How many full numbers one account may open in an hour and in a day.

The log of looks is the counter. Looks of one account are taken one after the other, under a lock that
ends with the transaction, so that none slips through beside another. Counted are looks at units that
the account still sees.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from portal.models import AccessLog
from portal.policies import policy

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOCK = 5_402_031  # any number; the account's key stands beside it


def allowed() -> tuple[tuple[timedelta, int], ...]:
    """(span, looks within it), the narrow one first."""
    return (HOUR, policy("unmask_per_hour")), (DAY, policy("unmask_per_day"))


def opens_again(user) -> datetime | None:
    """When the account may open the next number, where it may not now; the lock is held from here on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, user.pk])
    now = timezone.now()
    looks = list(_looks(user, now).values_list("at", flat=True))
    waits = [
        looks[most - 1] + span
        for span, most in allowed()
        if len(looks) >= most and looks[most - 1] > now - span
    ]
    return max(waits, default=None)


def looks_today(user) -> int:
    """How many numbers the account opened in the last 24 hours."""
    return _looks(user, timezone.now()).count()


def told_already(user) -> bool:
    """Whether the log has it since the account's last look that the limit was reached."""
    signs = AccessLog.objects.filter(user=user, action=AccessLog.Action.LIMIT)
    newest = _looks(user, timezone.now()).first()
    return newest is not None and signs.filter(at__gte=newest.at).exists()


def _looks(user, now: datetime):
    looks = AccessLog.objects.filter(user=user, action=AccessLog.Action.UNMASK, at__gt=now - DAY)
    return looks.exclude(field="").order_by("-at", "-pk")

"""What one account reads: the count of the bell, the list, marking, and which kinds are wanted."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from portal.models import MutedKind, Notification
from portal.notifying.kinds import kinds

KEPT = timedelta(days=90)
MOST_COUNTED = 100


def unread_count(user) -> int:
    """Of the bell, up to MOST_COUNTED; 0 where the transaction can answer nothing any more."""
    if connection.needs_rollback:
        return 0
    return Notification.objects.of(user).unread()[:MOST_COUNTED].count()


def shown(user, *, group: str = "", unread: bool = False):
    """The user's own, newest first; of one group of kinds, and the unread alone, if asked."""
    rows = Notification.objects.of(user)
    if group:
        rows = rows.filter(kind__in=[kind.code for kind in kinds if kind.group == group])
    return rows.unread() if unread else rows


def unread_by_group(user) -> dict[str, int]:
    found: dict[str, int] = {}
    rows = Notification.objects.of(user).unread().order_by()
    for code, count in rows.values_list("kind").annotate(Count("pk")):
        if kind := kinds.get(code):
            found[kind.group] = found.get(kind.group, 0) + count
    return found


@transaction.atomic
def mark_read(rows) -> int:
    """How many were unread until now."""
    return rows.unread().update(read_at=timezone.now())


@transaction.atomic
def choose_kinds(user, wanted: set[str]) -> None:
    """Of the kinds that there are, see those alone; what was muted meanwhile is kept and shown again."""
    muted = {kind.code for kind in kinds} - wanted
    MutedKind.objects.filter(user=user).exclude(kind__in=muted).delete()
    rows = [MutedKind(user=user, kind=code) for code in sorted(muted)]
    MutedKind.objects.bulk_create(rows, ignore_conflicts=True)


def muted_by(user) -> set[str]:
    return set(MutedKind.objects.filter(user=user).values_list("kind", flat=True))


def drop_old(now: datetime) -> int:
    """For the nightly housekeeping, in the scope of a job."""
    dropped, _ = Notification.objects.filter(made_at__lt=now - KEPT).delete()
    return dropped

"""Who has a draft open, and in which part."""

from datetime import timedelta

from django.utils import timezone

from reports.models import Presence, Summary
from reports.permissions import check_draft

STALE = timedelta(seconds=60)


def seen(summary: Summary, *, section_key: str, by) -> None:
    """``by`` has the draft open, in the part ``section_key`` ("" for none). Raises Denied."""
    check_draft(by, summary.unit_id, summary.outline)
    now = timezone.now()
    if summary.presences.filter(user=by).update(section_key=section_key, seen_at=now):
        return
    summary.presences.filter(seen_at__lt=now - STALE).delete()
    here = Presence(
        unit_id=summary.unit_id, summary=summary, user=by, section_key=section_key, seen_at=now
    )
    Presence.objects.bulk_create([here], ignore_conflicts=True)  # another window came first


def left(summary: Summary, *, by) -> None:
    summary.presences.filter(user=by).delete()


def others(summary: Summary, *, than) -> list[Presence]:
    """Who else gave a sign within the last minute, in the order of their names."""
    fresh = summary.presences.filter(seen_at__gte=timezone.now() - STALE).exclude(user=than)
    return list(fresh.select_related("user").order_by("user__name", "pk"))

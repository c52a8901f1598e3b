"""How long a role still lasts, as lists say it, and which are soon over."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.models import RoleAssignment

SOON = timedelta(days=7)


def days_left(role) -> int | None:
    """Days until a role in force is over, where they are few; None otherwise."""
    today = timezone.localdate()
    if role.valid_to is None or role.valid_from > today:
        return None
    left = role.valid_to - today
    return left.days if timedelta() <= left <= SOON else None


def told_left(days: int) -> str:
    return f"{days} 天后到期" if days else "今天到期"


def soon_over(roles):
    """Those that end within a week and are followed by none of the same kind there."""
    today = timezone.localdate()
    later = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("valid_to")),
        user=OuterRef("user"),
        unit=OuterRef("unit"),
        role=OuterRef("role"),
    )
    return roles.filter(~Exists(later), user__is_active=True, valid_to__range=(today, today + SOON))

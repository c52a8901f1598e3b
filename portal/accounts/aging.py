"""How old a password may become: days of a single-use one, and those that the policy sets."""

from datetime import timedelta

from django.utils import timezone

from portal.models import User
from portal.policies import policy


def _age(user: User) -> timedelta:
    return timezone.now() - user.password_set_at


def is_too_late_for(user: User) -> bool:
    """Whether the single-use password was not used in time; it opens nothing any more."""
    return user.must_change_password and _age(user) > timedelta(days=policy("first_password_days"))


def is_expired(user: User) -> bool:
    """Whether the password is older than the policy lets it become; it opens only its own change."""
    days = policy("password_expiry_days")
    return days > 0 and _age(user) > timedelta(days=days)


def must_change(user: User) -> bool:
    return user.must_change_password or is_expired(user)

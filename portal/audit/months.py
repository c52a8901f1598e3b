"""The change log's partitions, one a month (UTC)."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

AHEAD = 3  # months that stand ready
KEPT_YEARS = 3  # 个人信息保护法 art. 56; the policy ``audit_years`` may ask for more


def make_ahead(months: int = AHEAD) -> int:
    """Make the partitions that are missing; how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit.ahead(%s)", [months])
        return cursor.fetchone()[0]


def present_months(using=None) -> list[date]:
    with (using or connection).cursor() as cursor:
        cursor.execute("SELECT audit.months()")
        return [first for (first,) in cursor.fetchall()]


def following(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def next_is_missing(present: list[date], today: date | None = None) -> bool:
    today = today or timezone.now().date()
    return following(today) not in present


def first_kept(years: int = KEPT_YEARS, today: date | None = None) -> date:
    """The first month that is kept when ``years`` are: all before that day may go."""
    today = today or timezone.now().date()
    return date(today.year - years, today.month, 1)

"""What columns read of a record that holds minutes, and of the times of a record of service."""

from decimal import Decimal

from django.utils import timezone

from volunteers.ledgers.about import volunteer_columns

__all__ = ["clock", "hours_of", "leaves_next_day", "volunteer_columns"]


def clock(moment) -> str | None:
    return f"{timezone.localtime(moment):%H:%M}" if moment else None


def hours_of(record) -> Decimal | None:
    return (
        None if record.minutes is None else (Decimal(record.minutes) / 60).quantize(Decimal("0.01"))
    )


def leaves_next_day(record) -> bool | None:
    if not record.left_at:
        return None
    return timezone.localdate(record.left_at) > record.occurred_on

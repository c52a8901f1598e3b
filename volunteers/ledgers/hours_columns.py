"""What columns read of a record of service."""

from decimal import Decimal

from django.utils import timezone

from portal.ledgers import Column
from portal.ledgers.columns import reader


def volunteer_columns(model, path: str = "volunteer", field: str = "volunteer"):
    """志愿者编号 and 姓名; imported, they find the volunteer."""
    return (
        Column(
            "志愿者编号",
            reader(model, f"{path}.serial_number"),
            field=field,
            sort=f"{path.replace('.', '__')}__serial_number",
            width=20,
        ),
        Column("姓名", reader(model, f"{path}.called"), field=field, width=12),
    )


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

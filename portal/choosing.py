"""What commands are told on the command line: a unit by its code, a period by its key.

A wrong one is a CommandError with exit code 2 that names the choices.
"""

from django.core.management.base import CommandError
from django.utils import timezone

from portal.models import Unit
from portal.models.units import UnitKind
from portal.periods import Period

WRONG_USE = 2


def chosen_unit(code: str) -> Unit:
    """The district, street or community with that code."""
    units = Unit.objects.exclude(kind=UnitKind.GRID)
    unit = units.filter(code=code).first()
    if unit is None:
        near = "；".join(f"{u.code} {u.name}" for u in units.filter(code__startswith=code[:9])[:20])
        hint = f"相近的有：{near}。" if near else "请核对 12 位代码。"
        raise CommandError(f"没有代码为“{code}”的街道或社区。{hint}", returncode=WRONG_USE)
    return unit


def chosen_period(key: str | None) -> Period:
    """The typed period, or the last full year."""
    try:
        return Period.parse(key or str(timezone.localdate().year - 1))
    except ValueError as error:
        raise CommandError(str(error), returncode=WRONG_USE) from error

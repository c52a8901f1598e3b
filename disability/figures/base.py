"""What the figures of disability work have in common."""

from django.db.models import Exists, OuterRef, Q

from disability.models import DisabilityFile
from portal.figures.family import Family

OURS = Q(domains__contains=["disability"])


_disability = Family("disability")
flow, stock, ratio = _disability.flow, _disability.stock, _disability.ratio


def registered_then(period) -> Q:
    """About somebody whose file in the unit is in force at the period's end: a share of the
    registered can then never be more than all of them."""
    files = DisabilityFile.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=period.end),
        resident=OuterRef("resident"),
        unit=OuterRef("unit"),
        opened_on__lte=period.end,
        deleted_at__isnull=True,
    )
    return Q(Exists(files))


def of_ours(path: str) -> Q:
    return Q(**{f"{path}__contains": ["disability"]})

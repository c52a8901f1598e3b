"""What is printed to be handed out is counted once, as the shared fact of hand-outs."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.scope import access_of
from residents.models import Handout
from servicecenter.enums.catalogue import PrintKind

EDIT = "servicecenter.edit"
MEASURES = {PrintKind.GUIDE: "份", PrintKind.CARD: "张"}
NAMED = 40  # characters of an item's name that stand in the record


@transaction.atomic
def hand_out(
    unit,
    kind: PrintKind,
    *,
    quantity: int,
    day: date,
    target: str,
    method: str,
    about: str = "",
    by,
) -> Handout:
    """Record one printing: so many of that kind for that purpose. ``about`` is the item's name.

    Raises Denied without the right to record, ValidationError for a day that is still to come.
    """
    access_of(by).check(EDIT, unit.pk)
    if day > timezone.localdate():
        raise ValidationError({"day": "发放日期不能晚于今天。"})
    return Handout.objects.create(
        unit=unit,
        occurred_on=day,
        material=f"{kind.label}（{about[:NAMED]}）" if about else kind.label,
        quantity=quantity,
        measure=MEASURES[kind],
        target=target,
        method=method,
        domains=["servicecenter"],
        recorded_by=by,
    )

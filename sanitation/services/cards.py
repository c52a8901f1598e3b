"""A warning card is lifted, with the reason why."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.scope import access_of
from sanitation.models import WarningCard
from sanitation.services.rectification import NOT_CHECKED, locked
from sanitation.workflow import EDIT


@transaction.atomic
def lift(card: WarningCard, *, lifted_on: date, lifted_for: str, by) -> WarningCard:
    """Raises Denied, StaleRecord, or ValidationError where it is lifted already or nothing is said."""
    access_of(by).check(EDIT, card.unit_id)
    card = locked(card)
    if card.lifted_on:
        raise ValidationError(f"这张牌已于 {card.lifted_on} 销牌。")
    if not lifted_for.strip():
        raise ValidationError({"lifted_for": "请填写销牌说明。"})
    card.lifted_on, card.lifted_for = lifted_on, lifted_for
    card.full_clean(exclude=NOT_CHECKED)
    card.save()
    return card

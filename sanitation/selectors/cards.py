"""警告牌: which stand, and the ladder from blue to red on which a community climbs."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from sanitation.enums.rectification import CardColour, CardStanding
from sanitation.models import WarningCard

RUNGS = {colour: rung for rung, colour in enumerate(CardColour)}
SOON = 5  # calendar days before a card's deadline


def standing_on(day: date) -> Q:
    """Given by the day, and not lifted on it."""
    return Q(occurred_on__lte=day) & (Q(lifted_on__isnull=True) | Q(lifted_on__gt=day))


def of_standing(rows, standing: str):
    today = timezone.localdate()
    if standing == CardStanding.LIFTED:
        return rows.filter(lifted_on__isnull=False)
    rows = rows.filter(lifted_on__isnull=True)
    return rows.filter(due_on__lt=today) if standing == CardStanding.LATE else rows


def standing_of(card) -> CardStanding:
    if card.lifted_on:
        return CardStanding.LIFTED
    late = card.due_on and card.due_on < timezone.localdate()
    return CardStanding.LATE if late else CardStanding.STANDING


def cards_of(community) -> list[WarningCard]:
    """All cards of a community in their order."""
    rows = WarningCard.objects.kept().filter(community=community)
    return list(rows.order_by("occurred_on", "pk"))


def ladder_warning(community, colour: str, day: date, key: int | None = None) -> list[str]:
    """What is unusual about giving this card then: a lower or the same rung while another stands."""
    others = WarningCard.objects.kept().filter(standing_on(day), community=community)
    highest = max(others.exclude(pk=key), key=lambda card: RUNGS[card.colour], default=None)
    if highest is None or RUNGS[colour] > RUNGS[highest.colour]:
        return []
    told = f"{community}在 {highest.occurred_on} 得到的{highest.get_colour_display()}还没有销牌"
    return [f"{told}，再次出牌一般应升一级，请核对牌色。"]


def told_ladder(community) -> list[dict]:
    """The rungs 蓝 → 黄 → 红 with the cards of the community, for its page."""
    found = cards_of(community)
    items = []
    for colour in CardColour:
        cards = [card for card in found if card.colour == colour]
        told = "\n".join(
            f"{card.occurred_on} {card.issuer}，"
            + (f"{card.lifted_on} 销牌" if card.lifted_on else "未销牌")
            for card in cards
        )
        items.append({"label": colour.label, "value": told or "没有"})
    return items

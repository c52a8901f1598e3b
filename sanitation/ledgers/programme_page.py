"""The page of a special programme: its days, and its photos before and after side by side."""

from portal.ledgers.columns import display
from sanitation.ledgers.rectification_page import by_caption, photos_of


def days_of(programme) -> int | None:
    """From beginning to end, the first day not counted; None while it goes on."""
    if programme.ends_on is None:
        return None
    return (programme.ends_on - programme.starts_on).days


def programme_page(ledger, programme) -> dict:
    """How long it took, and its photos by their captions."""
    days = days_of(programme)
    return {"days": display(days)} | by_caption(photos_of(ledger, programme))

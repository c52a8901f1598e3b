"""The page of a special programme: its days, and its photos before and after side by side."""

from portal.ledgers.columns import display
from sanitation.ledgers.rectification_page import photos_of

BEFORE, AFTER = "整改前", "整改后"


def days_of(programme) -> int | None:
    """From beginning to end, the first day not counted; None while it goes on."""
    if programme.ends_on is None:
        return None
    return (programme.ends_on - programme.starts_on).days


def programme_page(ledger, programme) -> dict:
    """Photos by the beginning of their caption; others stand below among the files alone."""
    photos = photos_of(ledger, programme)
    days = days_of(programme)
    return {
        "days": display(days),
        "before": [p for p in photos if p["row"].caption.startswith(BEFORE)],
        "after": [p for p in photos if p["row"].caption.startswith(AFTER)],
    }

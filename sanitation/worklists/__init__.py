"""What is due in sanitation work."""

from sanitation.worklists import (
    campaigns,
    cleaners,
    enforcement,
    inspections,
    rectification,
    scores,
    waste,
)

__all__ = [
    "campaigns",
    "cleaners",
    "enforcement",
    "inspections",
    "rectification",
    "scores",
    "waste",
]

"""Figures of sanitation work, by idea."""

from sanitation.figures import (
    campaigns,
    cards,
    cleaners,
    cleanups,
    enforcement,
    inspections,
    places,
    rectification,
    scores,
    sites,
    waste,
)

__all__ = [
    "campaigns",
    "cards",
    "cleaners",
    "cleanups",
    "enforcement",
    "inspections",
    "places",
    "rectification",
    "scores",
    "sites",
    "waste",
]

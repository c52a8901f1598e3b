"""Figures of sanitation work, by idea."""

from sanitation.figures import (
    campaigns,
    cleaners,
    cleanups,
    enforcement,
    inspections,
    people_share,
    places,
    rectification,
    regime,
    scores,
    sites,
    waste,
)

__all__ = [
    "campaigns",
    "cleaners",
    "cleanups",
    "enforcement",
    "inspections",
    "people_share",
    "places",
    "rectification",
    "regime",
    "scores",
    "sites",
    "waste",
]

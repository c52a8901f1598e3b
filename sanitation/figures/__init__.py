"""Figures of sanitation work, by idea."""

from sanitation.figures import (
    buyback,
    campaigns,
    cleaners,
    cleanups,
    enforcement,
    inspections,
    places,
    posters,
    rectification,
    scores,
    sites,
    waste,
)

__all__ = [
    "buyback",
    "campaigns",
    "cleaners",
    "cleanups",
    "enforcement",
    "inspections",
    "places",
    "posters",
    "rectification",
    "scores",
    "sites",
    "waste",
]

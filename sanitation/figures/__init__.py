"""Figures of sanitation work, by idea."""

from sanitation.figures import (
    buyback,
    campaigns,
    cards,
    cleaners,
    cleanups,
    enforcement,
    findings,
    inspections,
    people_share,
    places,
    posters,
    rectification,
    regime,
    scores,
    sites,
    waste,
)

__all__ = [
    "buyback",
    "campaigns",
    "cards",
    "cleaners",
    "cleanups",
    "enforcement",
    "findings",
    "inspections",
    "people_share",
    "places",
    "posters",
    "rectification",
    "regime",
    "scores",
    "sites",
    "waste",
]

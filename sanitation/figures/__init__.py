"""Figures of sanitation work, by idea."""

from sanitation.figures import (
    campaigns,
    cleaners,
    cleanups,
    enforcement,
    findings,
    inspections,
    places,
    rectification,
    scores,
    sites,
    waste,
)

__all__ = [
    "campaigns",
    "cleaners",
    "cleanups",
    "enforcement",
    "findings",
    "inspections",
    "places",
    "rectification",
    "scores",
    "sites",
    "waste",
]

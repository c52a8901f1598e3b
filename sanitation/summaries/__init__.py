"""What summaries tell of sanitation work, by idea."""

from sanitation.summaries import (
    campaigns,
    cleaners,
    enforcement,
    findings,
    inspections,
    next_steps,
    outlines,
    overall,
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
    "enforcement",
    "findings",
    "inspections",
    "next_steps",
    "outlines",
    "overall",
    "places",
    "rectification",
    "regime",
    "scores",
    "sites",
    "waste",
]

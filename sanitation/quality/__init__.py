"""What may be wrong in the records of sanitation work."""

from sanitation.quality import (
    campaigns,
    cleaners,
    enforcement,
    inspections,
    rectification,
    sites,
    waste,
)

__all__ = [
    "campaigns",
    "cleaners",
    "enforcement",
    "inspections",
    "rectification",
    "sites",
    "waste",
]

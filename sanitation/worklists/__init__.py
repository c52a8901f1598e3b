"""What is due in sanitation work."""

from sanitation.worklists import (
    cleaners,
    inspections,
    rectification,
    scores,
    waste,
)

__all__ = [
    "cleaners",
    "inspections",
    "rectification",
    "scores",
    "waste",
]

"""What summaries tell of the one-stop service agency, by idea."""

from servicecenter.summaries import (
    cases,
    catalogue,
    next_steps,
    outlines,
    overall,
    partners,
    phrases,
    reception,
    regimes,
    supervision,
    visits,
)

__all__ = [
    "cases",
    "catalogue",
    "next_steps",
    "outlines",
    "overall",
    "partners",
    "phrases",
    "reception",
    "regimes",
    "supervision",
    "visits",
]

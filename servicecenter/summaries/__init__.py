"""What summaries tell of the one-stop service agency, by idea."""

from servicecenter.summaries import (
    cases,
    next_steps,
    outlines,
    partners,
    phrases,
    reception,
    regimes,
)

__all__ = [
    "cases",
    "next_steps",
    "outlines",
    "partners",
    "phrases",
    "reception",
    "regimes",
]

"""What is due in the one-stop service agency."""

from servicecenter.worklists import (
    cases,
    catalogue,
    public,
    reception,
    regimes,
    supervision,
    visits,
)

__all__ = [
    "cases",
    "catalogue",
    "public",
    "reception",
    "regimes",
    "supervision",
    "visits",
]

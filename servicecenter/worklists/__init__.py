"""What is due in the one-stop service agency."""

from servicecenter.worklists import (
    cases,
    public,
    reception,
    regimes,
    supervision,
    visits,
)

__all__ = [
    "cases",
    "public",
    "reception",
    "regimes",
    "supervision",
    "visits",
]

"""What is due in the one-stop service agency."""

from servicecenter.worklists import (
    cases,
    reception,
    regimes,
    supervision,
    visits,
)

__all__ = [
    "cases",
    "reception",
    "regimes",
    "supervision",
    "visits",
]

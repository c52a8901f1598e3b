"""What is due in the one-stop service agency."""

from servicecenter.worklists import (
    reception,
    regimes,
    visits,
)

__all__ = [
    "reception",
    "regimes",
    "visits",
]

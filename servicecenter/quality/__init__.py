"""What is wrong, undone or missing in the one-stop service agency."""

from servicecenter.quality import (
    reception,
    regimes,
    visits,
)

__all__ = [
    "reception",
    "regimes",
    "visits",
]

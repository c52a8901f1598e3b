"""What may be wrong in the records of volunteer work."""

from volunteers.quality import (
    activities,
    help,
    hours,
    trainees,
    volunteers,
)

__all__ = [
    "activities",
    "help",
    "hours",
    "trainees",
    "volunteers",
]

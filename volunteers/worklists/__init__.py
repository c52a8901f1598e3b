"""What is due in volunteer work."""

from volunteers.worklists import (
    activities,
    certificates,
    help,
    hours,
    joining,
    trainees,
    volunteers,
)

__all__ = [
    "activities",
    "certificates",
    "help",
    "hours",
    "joining",
    "trainees",
    "volunteers",
]

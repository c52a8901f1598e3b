"""Figures of volunteer work, by idea."""

from volunteers.figures import (
    activities,
    certificates,
    help,
    hours,
    organisations,
    publicity,
    trainees,
    volunteers,
)

__all__ = [
    "activities",
    "certificates",
    "help",
    "hours",
    "organisations",
    "publicity",
    "trainees",
    "volunteers",
]

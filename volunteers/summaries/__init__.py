"""What summaries tell of volunteer work, by idea."""

from volunteers.summaries import (
    activities,
    help,
    hours,
    next_steps,
    organisations,
    outlines,
    overall,
    phrases,
    publicity,
    trainees,
)

__all__ = [
    "activities",
    "help",
    "hours",
    "next_steps",
    "organisations",
    "outlines",
    "overall",
    "phrases",
    "publicity",
    "trainees",
]

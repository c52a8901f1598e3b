"""The ledgers of volunteer work."""

# The menu lists ledgers in the order of their declaration: people, what they do, what comes of it.
# isort: off
from volunteers.ledgers import volunteers
from volunteers.ledgers import organisations
from volunteers.ledgers import joining
from volunteers.ledgers import volunteers_around
from volunteers.ledgers import activities
from volunteers.ledgers import shifts
from volunteers.ledgers import notices
from volunteers.ledgers import projects
from volunteers.ledgers import hours
from volunteers.ledgers import postings
from volunteers.ledgers import corrections
from volunteers.ledgers import stars
from volunteers.ledgers import help
from volunteers.ledgers import served
from volunteers.ledgers import recognition
from volunteers.ledgers import publicity
from volunteers.ledgers import certificates
from volunteers.ledgers import trainees
from volunteers.ledgers import lectures
from volunteers.ledgers import shares
# isort: on

__all__ = [
    "activities",
    "certificates",
    "corrections",
    "help",
    "hours",
    "joining",
    "lectures",
    "notices",
    "organisations",
    "postings",
    "projects",
    "publicity",
    "recognition",
    "served",
    "shares",
    "shifts",
    "stars",
    "trainees",
    "volunteers",
    "volunteers_around",
]

"""指标 of the one-stop service agency; the tiles that the home page shows of them."""

from portal.tiles import tiles
from servicecenter.figures import (
    agents,
    cases,
    cases_open,
    cases_pace,
    catalogue,
    echoes,
    mediation,
    ratings,
    reception,
    regimes,
    shared,
    supervision,
    visits,
)

__all__ = [
    "agents",
    "cases",
    "cases_open",
    "cases_pace",
    "catalogue",
    "echoes",
    "mediation",
    "ratings",
    "reception",
    "regimes",
    "shared",
    "supervision",
    "visits",
]

tiles.add("servicecenter.accepted", "servicecenter.completion", "servicecenter.overdue")

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
    reception,
    regimes,
)

__all__ = [
    "agents",
    "cases",
    "cases_open",
    "cases_pace",
    "catalogue",
    "echoes",
    "mediation",
    "reception",
    "regimes",
]

tiles.add("servicecenter.accepted", "servicecenter.completion", "servicecenter.overdue")

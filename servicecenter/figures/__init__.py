"""指标 of the one-stop service agency; the tiles that the home page shows of them."""

from portal.tiles import tiles
from servicecenter.figures import cases, cases_open, cases_pace

__all__ = ["cases", "cases_open", "cases_pace"]

tiles.add("servicecenter.accepted", "servicecenter.completion", "servicecenter.overdue")

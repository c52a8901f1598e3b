"""指标 of disability work; the tiles that the home page shows of them."""

from disability.figures import (
    conditions,
    files,
    network,
    outcomes,
    programme_days,
    programmes,
    publicity,
    referrals,
    shared,
    stories,
    subsidies,
)
from portal.tiles import tiles

__all__ = [
    "conditions",
    "files",
    "network",
    "outcomes",
    "programme_days",
    "programmes",
    "publicity",
    "referrals",
    "shared",
    "stories",
    "subsidies",
]

tiles.add(
    "disability.registered", "disability.holders", "disability.visits", "disability.visit_coverage"
)

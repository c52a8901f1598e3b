"""指标 of disability work; the tiles that the home page shows of them."""

from disability.figures import (
    conditions,
    files,
    outcomes,
    programme_days,
    programmes,
    referrals,
    shared,
    subsidies,
)
from portal.tiles import tiles

__all__ = [
    "conditions",
    "files",
    "outcomes",
    "programme_days",
    "programmes",
    "referrals",
    "shared",
    "subsidies",
]

tiles.add(
    "disability.registered", "disability.holders", "disability.visits", "disability.visit_coverage"
)

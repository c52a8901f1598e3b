"""指标 of disability work; the tiles that the home page shows of them."""

from disability.figures import files, programme_days, programmes, shared
from portal.tiles import tiles

__all__ = ["files", "programme_days", "programmes", "shared"]

tiles.add(
    "disability.registered", "disability.holders", "disability.visits", "disability.visit_coverage"
)

"""指标 of disability work; the tiles that the home page shows of them."""

from disability.figures import files, shared
from portal.tiles import tiles

__all__ = ["files", "shared"]

tiles.add(
    "disability.registered", "disability.holders", "disability.visits", "disability.visit_coverage"
)

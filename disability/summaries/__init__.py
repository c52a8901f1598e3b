"""What summaries tell of disability work, by idea."""

from disability.summaries import community, outlines

__all__ = ["community", "outlines"]

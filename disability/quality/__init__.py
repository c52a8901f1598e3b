"""What is wrong, undone or missing in disability work."""

from disability.quality import files

__all__ = ["files"]

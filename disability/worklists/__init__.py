"""What is due in disability work."""

from disability.worklists import files

__all__ = ["files"]

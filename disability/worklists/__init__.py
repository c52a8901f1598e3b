"""What is due in disability work."""

from disability.worklists import files, programmes

__all__ = ["files", "programmes"]

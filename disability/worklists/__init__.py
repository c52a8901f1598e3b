"""What is due in disability work."""

from disability.worklists import conditions, files, programmes

__all__ = ["conditions", "files", "programmes"]

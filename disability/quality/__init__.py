"""What is wrong, undone or missing in disability work."""

from disability.quality import files, programmes

__all__ = ["files", "programmes"]

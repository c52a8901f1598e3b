"""What is wrong, undone or missing in disability work."""

from disability.quality import files, network, programmes

__all__ = ["files", "network", "programmes"]

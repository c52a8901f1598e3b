"""What is wrong, undone or missing in disability work."""

from disability.quality import devices, files, network, programmes, subsidies

__all__ = ["devices", "files", "network", "programmes", "subsidies"]

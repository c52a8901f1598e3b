"""What is wrong, undone or missing in disability work."""

from disability.quality import (
    certificates,
    devices,
    files,
    network,
    programmes,
    subsidies,
)

__all__ = [
    "certificates",
    "devices",
    "files",
    "network",
    "programmes",
    "subsidies",
]

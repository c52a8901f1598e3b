"""What is due in disability work."""

from disability.worklists import (
    agreements,
    conditions,
    devices,
    files,
    needs,
    network,
    plans,
    programmes,
    subsidies,
)

__all__ = [
    "agreements",
    "conditions",
    "devices",
    "files",
    "needs",
    "network",
    "plans",
    "programmes",
    "subsidies",
]

"""What is due in disability work."""

from disability.worklists import (
    agreements,
    certificates,
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
    "certificates",
    "conditions",
    "devices",
    "files",
    "needs",
    "network",
    "plans",
    "programmes",
    "subsidies",
]

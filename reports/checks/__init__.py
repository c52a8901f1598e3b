"""The checker: what a careful reader would mark in a draft. Pure functions over text and facts."""

from reports.checks.findings import Finding, Grounds, Piece
from reports.checks.running import check

__all__ = ["Finding", "Grounds", "Piece", "check"]

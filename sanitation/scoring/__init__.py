"""季度计分, pure: what is known of a community in, lines out, which add up to its score exactly (ADR 28).

Points are ``Decimal`` with two decimals. Every line is rounded by itself, half away from nought, and the
score is the plain sum of the lines; so they add up whatever came first. Nothing here asks the database.
"""

from sanitation.scoring.facts import (
    Adjustment,
    Card,
    Check,
    Inputs,
    Rule,
    Serious,
    Share,
    Source,
    Standing,
)
from sanitation.scoring.field import Result, compute_all
from sanitation.scoring.lines import Line, compute, total, why_no_total
from sanitation.scoring.ranking import Entrant, Place, rank, standings

__all__ = [
    "Adjustment",
    "Card",
    "Check",
    "Entrant",
    "Inputs",
    "Line",
    "Place",
    "Result",
    "Rule",
    "Serious",
    "Share",
    "Source",
    "Standing",
    "compute",
    "compute_all",
    "rank",
    "standings",
    "total",
    "why_no_total",
]

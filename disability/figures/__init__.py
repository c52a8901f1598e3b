"""指标 of disability work; the tiles that the home page shows of them."""

from disability.figures import (
    agreements,
    applications,
    conditions,
    devices,
    files,
    needs,
    network,
    outcomes,
    plans,
    programme_days,
    programmes,
    publicity,
    referrals,
    services,
    shared,
    stories,
    subsidies,
    subsidy_checks,
    undertakings,
)
from portal.tiles import tiles

__all__ = [
    "agreements",
    "applications",
    "conditions",
    "devices",
    "files",
    "needs",
    "network",
    "outcomes",
    "plans",
    "programme_days",
    "programmes",
    "publicity",
    "referrals",
    "services",
    "shared",
    "stories",
    "subsidies",
    "subsidy_checks",
    "undertakings",
]

tiles.add(
    "disability.registered", "disability.holders", "disability.visits", "disability.visit_coverage"
)

"""What summaries tell of disability work, by idea."""

from disability.summaries import (
    community,
    conditions,
    devices,
    meetings,
    needs,
    network,
    next_steps,
    outlines,
    plans,
    programmes,
    publicity,
    referrals,
    registry,
    services,
    stories,
    subsidies,
)

__all__ = [
    "community",
    "conditions",
    "devices",
    "meetings",
    "needs",
    "network",
    "next_steps",
    "outlines",
    "plans",
    "programmes",
    "publicity",
    "referrals",
    "registry",
    "services",
    "stories",
    "subsidies",
]

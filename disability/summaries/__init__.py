"""What summaries tell of disability work, by idea."""

from disability.summaries import community, conditions, needs, outlines, plans, referrals, services

__all__ = ["community", "conditions", "needs", "outlines", "plans", "referrals", "services"]

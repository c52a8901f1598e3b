"""What summaries tell of disability work, by idea."""

from disability.summaries import community, conditions, outlines, referrals

__all__ = ["community", "conditions", "outlines", "referrals"]

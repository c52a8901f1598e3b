"""What is due in disability work."""

from disability.worklists import agreements, conditions, files, needs, network, plans, programmes

__all__ = ["agreements", "conditions", "files", "needs", "network", "plans", "programmes"]

"""Security policies as data: declared in a table, changed on ``/policies/``, read by ``policy(name)``."""

from portal.policies.reading import needs_second_factor, policy

__all__ = ["needs_second_factor", "policy"]

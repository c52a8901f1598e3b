"""The share of sanitation work in facts that several departments count."""

from portal.ledgers.shares import ours

OURS = ours("sanitation")


class OurShare:
    """A shared fact seen from sanitation work: only its rows, recorded as its own."""

    domain = "sanitation"
    quick = False
    where = OURS
    preset = {"domains": ["sanitation"]}

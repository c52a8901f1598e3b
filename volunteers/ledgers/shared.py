"""The share of volunteer work in facts that several departments count."""

from portal.ledgers.shares import ours

OURS = ours("volunteers")


class OurShare:
    """A shared fact seen from volunteer work: only its rows, recorded as its own."""

    domain = "volunteers"
    quick = False
    where = OURS
    preset = {"domains": ["volunteers"]}

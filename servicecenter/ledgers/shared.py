"""The agency's share of facts that several departments count."""

from portal.ledgers.shares import ours

OURS = ours("servicecenter")


class OurShare:
    """A shared fact seen from the agency: only its rows, recorded as its own."""

    domain = "servicecenter"
    quick = False
    where = OURS
    preset = {"domains": ["servicecenter"]}

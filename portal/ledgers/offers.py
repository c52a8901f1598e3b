"""What one app offers on the records of another app's ledger, which knows nothing of it."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from portal.ledgers.declare import Action

# (record, user) → the actions that this user may take.
Offer = Callable[[object, object], Sequence[Action]]
_offers: dict[str, list[Offer]] = defaultdict(list)


def offers_on(*slugs: str):
    """Decorates what gives the actions on a record of these ledgers; declare it in a module of ledgers."""

    def add(offer: Offer) -> Offer:
        for slug in slugs:
            _offers[slug].append(offer)
        return offer

    return add


def offered(slug: str, record, user) -> list[Action]:
    """The actions that other apps offer on the record, in the order of the apps."""
    return [action for offer in _offers[slug] for action in offer(record, user)]

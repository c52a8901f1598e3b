"""All ledgers by slug, and the ledger that shows the rows of a model."""

from portal.ledgers.declare import Ledger
from portal.registry import Registry

ledgers: Registry[Ledger] = Registry("ledgers")


def register(declared: type[Ledger]) -> type[Ledger]:
    ledgers.add(declared.slug, declared())
    return declared


def ledger_for(model, domain: str | None = None) -> Ledger | None:
    """The ledger of a model: that of the domain if it has one, else the first declared."""
    candidates = [ledger for ledger in ledgers if ledger.model is model]
    for ledger in candidates:
        if ledger.domain == domain:
            return ledger
    return candidates[0] if candidates else None

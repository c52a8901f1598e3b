"""All ledgers by slug, and the ledger that shows the rows of a model."""

from django.db.models import Exists, OuterRef, QuerySet

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


def ledger_of(rows: QuerySet, domain: str | None = None) -> Ledger | None:
    """The ledger of the domain that shows all of these rows, where several show shares of their model; as
    ``ledger_for`` where none does."""
    model = rows.model
    shares = [each for each in ledgers if each.model is model and each.domain == domain]
    if len(shares) > 1:
        shares = [each for each in shares if not _beyond(each, rows).exists()] or shares
    return shares[0] if shares else ledger_for(model, domain)


def _beyond(ledger: Ledger, rows: QuerySet) -> QuerySet:
    """Those of the rows that the ledger does not show."""
    shown = ledger.model._default_manager.filter(ledger.where, pk=OuterRef("pk"))
    return rows.order_by().filter(~Exists(shown))

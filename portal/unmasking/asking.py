"""The reason asked before pages about a child that are no pages of a ledger."""

from django.utils.http import urlencode

from portal.ledgers.registry import ledger_for
from portal.unmasking.children import ReasonNeeded, child_of, is_closed


def ask_first(request, record) -> None:
    """Raise ReasonNeeded where the record is of a child whose file this session did not open."""
    child = child_of(record)
    ledger = ledger_for(type(child)) if child is not None else None
    if ledger is not None and is_closed(request, child):
        asked = urlencode({"to": request.get_full_path()})
        raise ReasonNeeded(f"{ledger.url('reason', child)}?{asked}")

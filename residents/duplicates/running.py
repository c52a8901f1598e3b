"""Looking for duplicates over the whole street, as the night's job and the command do."""

from portal.models import Unit
from portal.scope import Scope, above, scope
from residents.duplicates.finding import Found, find_duplicates


def find_everywhere(actor: str) -> Found:
    """Find the pairs of all units, those of two units included; ``actor`` is job:… or command:…"""
    units = frozenset(Unit.objects.values_list("pk", flat=True))
    with scope(Scope(units, above(units), actor)):
        return find_duplicates()

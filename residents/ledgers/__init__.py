"""The ledgers of the register and of the facts that several departments share."""

from residents.ledgers import people  # isort: split  the register stands before its facts
from residents.ledgers import facts

__all__ = ["facts", "people"]

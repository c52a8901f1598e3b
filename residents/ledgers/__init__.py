"""The ledgers of the register and of the facts that several departments share."""

from residents.ledgers import facts, people

__all__ = ["facts", "people"]

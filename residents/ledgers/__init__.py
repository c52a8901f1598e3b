"""The ledgers of the register and of the facts that several departments share."""

from residents.ledgers import (
    facts,
    people,  # isort: split  the register stands before its facts
)

__all__ = ["facts", "people"]

"""The ledgers of disability work."""

# The menu lists ledgers in the order of their declaration: the register stands before the work.
# isort: off
from disability.ledgers import files
from disability.ledgers import programmes
from disability.ledgers import programme_days
from disability.ledgers import shared
# isort: on

__all__ = ["files", "programme_days", "programmes", "shared"]

"""The ledgers of disability work."""

# The menu lists ledgers in the order of their declaration: the register stands before the work.
# isort: off
from disability.ledgers import files
from disability.ledgers import programmes
from disability.ledgers import programme_days
from disability.ledgers import shared
from disability.ledgers import conditions
from disability.ledgers import referrals
from disability.ledgers import outcomes
from disability.ledgers import subsidies
from disability.ledgers import network
from disability.ledgers import publicity
from disability.ledgers import stories
# isort: on

__all__ = [
    "conditions",
    "files",
    "network",
    "outcomes",
    "programme_days",
    "programmes",
    "publicity",
    "referrals",
    "shared",
    "stories",
    "subsidies",
]

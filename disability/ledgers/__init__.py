"""The ledgers of disability work."""

# The menu lists ledgers in the order of their declaration: the register, then the work as it goes.
# isort: off
from disability.ledgers import files
from disability.ledgers import certificates
from disability.ledgers import applications
from disability.ledgers import shared
from disability.ledgers import needs
from disability.ledgers import plans
from disability.ledgers import services
from disability.ledgers import agreements
from disability.ledgers import conditions
from disability.ledgers import referrals
from disability.ledgers import outcomes
from disability.ledgers import devices
from disability.ledgers import subsidies
from disability.ledgers import programmes
from disability.ledgers import programme_days
from disability.ledgers import network
from disability.ledgers import publicity
from disability.ledgers import stories
# isort: on

__all__ = [
    "agreements",
    "applications",
    "certificates",
    "conditions",
    "devices",
    "files",
    "needs",
    "network",
    "outcomes",
    "plans",
    "programme_days",
    "programmes",
    "publicity",
    "referrals",
    "services",
    "shared",
    "stories",
    "subsidies",
]

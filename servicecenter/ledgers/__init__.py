"""The ledgers of the one-stop service agency."""

# The menu lists ledgers in the order of their declaration: the cases, then what stands around them.
# isort: off
from servicecenter.ledgers import cases
from servicecenter.ledgers import cases_around
from servicecenter.ledgers import applicants
from servicecenter.ledgers import public
from servicecenter.ledgers import supervision
from servicecenter.ledgers import ratings
from servicecenter.ledgers import catalogue
from servicecenter.ledgers import guides
from servicecenter.ledgers import reception
from servicecenter.ledgers import visits
from servicecenter.ledgers import mediation
from servicecenter.ledgers import echoes
from servicecenter.ledgers import shares
from servicecenter.ledgers import regimes
from servicecenter.ledgers import meetings
from servicecenter.ledgers import commitments
from servicecenter.ledgers import agents
from servicecenter.ledgers import halls
# isort: on

__all__ = [
    "agents",
    "applicants",
    "cases",
    "cases_around",
    "catalogue",
    "commitments",
    "echoes",
    "guides",
    "halls",
    "mediation",
    "meetings",
    "public",
    "ratings",
    "reception",
    "regimes",
    "shares",
    "supervision",
    "visits",
]

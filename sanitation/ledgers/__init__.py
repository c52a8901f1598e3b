"""The ledgers of sanitation work."""

# The menu lists ledgers in the order of their declaration.
# isort: off
from sanitation.ledgers import inspections
from sanitation.ledgers import findings
from sanitation.ledgers import inspected_items
from sanitation.ledgers import rectification
from sanitation.ledgers import cards
from sanitation.ledgers import scores
from sanitation.ledgers import score_rules
from sanitation.ledgers import rubrics
from sanitation.ledgers import cleaners
from sanitation.ledgers import trainings
from sanitation.ledgers import places
from sanitation.ledgers import waste
from sanitation.ledgers import posters
from sanitation.ledgers import enforcement
from sanitation.ledgers import campaigns
from sanitation.ledgers import people_share
from sanitation.ledgers import sites
from sanitation.ledgers import accounts
from sanitation.ledgers import regime
from sanitation.ledgers import phone
# isort: on

__all__ = [
    "accounts",
    "campaigns",
    "cards",
    "cleaners",
    "enforcement",
    "findings",
    "inspected_items",
    "inspections",
    "people_share",
    "phone",
    "places",
    "posters",
    "rectification",
    "regime",
    "rubrics",
    "score_rules",
    "scores",
    "sites",
    "trainings",
    "waste",
]

"""The ledgers of the office's own facts, in the order of the menu's sections."""

# The menu lists ledgers in the order of their declaration.
# isort: off
from portal.office.ledgers import organisation
from portal.office.ledgers import papers
from portal.office.ledgers import plans
from portal.office.ledgers import duty
from portal.office.ledgers import places
from portal.office.ledgers import publicity
# isort: on

__all__ = ["duty", "organisation", "papers", "places", "plans", "publicity"]

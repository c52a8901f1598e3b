"""The ledgers of the register and of the facts that several departments share."""

# The menu lists ledgers in the order of their declaration: people stand before what they do.
# isort: off
from residents.ledgers import people
from residents.ledgers import dwellings
from residents.ledgers import events
from residents.ledgers import consents
from residents.ledgers import acts
from residents.ledgers import facts
from residents.ledgers import helping
from residents.ledgers import requests
# isort: on

__all__ = ["acts", "consents", "dwellings", "events", "facts", "helping", "people", "requests"]

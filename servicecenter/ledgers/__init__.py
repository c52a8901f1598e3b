"""The ledgers of the one-stop service agency."""

# The menu lists ledgers in the order of their declaration: the cases, then what stands around them.
# isort: off
from servicecenter.ledgers import reception
from servicecenter.ledgers import mediation
from servicecenter.ledgers import echoes
# isort: on

__all__ = ["echoes", "mediation", "reception"]

"""台账: one declaration gives list, filters, search, form, detail, recycle bin, Excel both ways.

Declare in ``<app>/ledgers.py``: a subclass of Ledger with ``@register``.
"""

from portal.ledgers.declare import MORE, Action, Column, Doubt, Ledger, column
from portal.ledgers.registry import ledger_for, ledgers, register
from portal.ledgers.sheets import Sheet

__all__ = [
    "MORE",
    "Action",
    "Column",
    "Doubt",
    "Ledger",
    "Sheet",
    "column",
    "ledger_for",
    "ledgers",
    "register",
]

"""指标: one named number, one definition, one way to count it.

Declare in ``<app>/figures.py``; read with ``portal.figures.engine``. Nobody writes a second query
for a number that has a figure.
"""

from portal.figures.declare import (
    Amount,
    AmountOn,
    Category,
    Count,
    Distinct,
    Figure,
    Flow,
    Ratio,
    Stock,
    Total,
    figures,
    register,
)

__all__ = [
    "Amount",
    "AmountOn",
    "Category",
    "Count",
    "Distinct",
    "Figure",
    "Flow",
    "Ratio",
    "Stock",
    "Total",
    "figures",
    "register",
]

"""指标: one named number, one definition, one way to count it.

Declare in ``<app>/figures.py``; read with ``portal.figures.engine``. Nobody writes a second query
for a number that has a figure.
"""

from portal.figures.declare import (
    Amount,
    AmountOn,
    Average,
    Category,
    Count,
    DaysBetween,
    Distinct,
    DistinctPairs,
    Figure,
    Flow,
    Hours,
    Ratio,
    Stock,
    Total,
    When,
    figures,
    register,
)

__all__ = [
    "Amount",
    "AmountOn",
    "Average",
    "Category",
    "Count",
    "DaysBetween",
    "Distinct",
    "DistinctPairs",
    "Figure",
    "Flow",
    "Hours",
    "Ratio",
    "Stock",
    "Total",
    "When",
    "figures",
    "register",
]

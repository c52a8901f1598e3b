"""指标: one named number, one definition, one way to count it.

Declare in ``<app>/figures.py``; read with ``portal.figures.engine``. Nobody writes a second query
for a number that has a figure.
"""

from portal.figures.categories import Category
from portal.figures.declare import (
    Average,
    Cumulative,
    Figure,
    Flow,
    Ratio,
    Stock,
    When,
    figures,
    register,
)
from portal.figures.values import (
    Amount,
    AmountOn,
    Count,
    DaysBetween,
    DaysOfPeriod,
    DaysWithin,
    Distinct,
    DistinctPairs,
    Hours,
    Kilograms,
    Tonnes,
    Total,
)

__all__ = [
    "Amount",
    "AmountOn",
    "Average",
    "Category",
    "Count",
    "Cumulative",
    "DaysBetween",
    "DaysOfPeriod",
    "DaysWithin",
    "Distinct",
    "DistinctPairs",
    "Figure",
    "Flow",
    "Hours",
    "Kilograms",
    "Ratio",
    "Stock",
    "Tonnes",
    "Total",
    "When",
    "figures",
    "register",
]

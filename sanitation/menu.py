"""What sanitation work adds to the side menu beside its ledgers."""

from portal.menu import Entry, holding, register

register(
    Entry(
        "网格责任一览", "sanitation-grids", "map-pin", holding("sanitation.view"), "sanitation", 40
    ),
)

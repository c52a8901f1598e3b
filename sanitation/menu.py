"""What sanitation work adds to the side menu beside its ledgers."""

from portal.menu import Entry, holding, register

register(
    Entry(
        "现场检查",
        "field-start",
        "walk",
        holding("sanitation.edit"),
        "sanitation",
        10,
        quick=True,
    ),
    Entry(
        "网格责任一览", "sanitation-grids", "map-pin", holding("sanitation.view"), "sanitation", 40
    ),
    Entry(
        "清运回购一览",
        "sanitation-waste",
        "chart-bar",
        holding("sanitation.view"),
        "sanitation",
        50,
    ),
    Entry(
        "三分一处一览",
        "sanitation-sorting",
        "recycle",
        holding("sanitation.view"),
        "sanitation",
        60,
    ),
)

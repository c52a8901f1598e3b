"""What sanitation work adds to the side menu beside its ledgers."""

from portal.menu import Entry, holding, register

register(
    Entry(
        "清运回购一览", "sanitation-waste", "chart", holding("sanitation.view"), "sanitation", 50
    ),
)

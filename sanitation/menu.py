"""What sanitation work adds to the side menu beside its ledgers."""

from portal.menu import Entry, holding, register

register(
    Entry("现场检查", "field-start", "walk", holding("sanitation.edit"), "sanitation", quick=True)
)

"""What disability work adds to the side menu beside its ledgers."""

from portal.menu import NUMBERS, Entry, holding, register

register(
    Entry(
        "残疾人分布",
        "disability-matrix",
        "chart-bar",
        holding("figures.view", "disability.view"),
        NUMBERS,
        place=35,
    ),
)

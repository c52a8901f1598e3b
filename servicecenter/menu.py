"""What the one-stop service agency adds to the side menu beside its ledgers."""

from portal.menu import NUMBERS, Entry, holding, register

register(
    Entry(
        "快到期和超期办件", "cases-at-risk", "clock", holding("cases.supervise"), NUMBERS, place=40
    ),
)

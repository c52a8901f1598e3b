"""What residents add to the side menu beside their ledgers."""

from portal.menu import ADMINISTRATION, NUMBERS, Entry, holding, register

register(
    Entry(
        "人口概况",
        "population",
        "chart-bar",
        holding("figures.view", "residents.view"),
        NUMBERS,
        place=30,
    ),
    Entry("重复居民", "duplicate-list", "users", holding("duplicates.decide"), NUMBERS, place=80),
    Entry("关爱类别", "care-kind-list", "heart", holding("care_kinds.manage"), ADMINISTRATION),
)

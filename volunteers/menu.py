"""What volunteer work adds to the side menu beside its ledgers."""

from portal.menu import ADMINISTRATION, Entry, holding, register

register(
    Entry(
        "志愿活动类型",
        "volunteer-type-list",
        "heart-handshake",
        holding("volunteer_kinds.manage"),
        ADMINISTRATION,
    ),
)

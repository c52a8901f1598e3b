"""What volunteer work adds to the side menu beside its ledgers."""

from portal.menu import ADMINISTRATION, OWN, Entry, holding, register

register(
    Entry("我的实习日志", "my-placement", "notebook", holding("placements.log"), OWN, 10),
    Entry(
        "志愿活动类型",
        "volunteer-type-list",
        "heart-handshake",
        holding("volunteer_kinds.manage"),
        ADMINISTRATION,
    ),
)

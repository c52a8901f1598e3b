"""What disability work adds to the side menu beside its ledgers."""

from portal.menu import ADMINISTRATION, NUMBERS, Entry, holding, register

register(
    Entry(
        "残疾人分布",
        "disability-matrix",
        "chart-bar",
        holding("figures.view", "disability.view"),
        NUMBERS,
        place=35,
    ),
    Entry("补贴核查", "subsidy-check", "clipboard-check", holding("disability.view"), NUMBERS, 36),
    Entry("补贴种类", "subsidy-kind-list", "coins", holding("care_kinds.manage"), ADMINISTRATION),
    Entry(
        "辅具目录",
        "device-kind-list",
        "wheelchair",
        holding("device_kinds.manage"),
        ADMINISTRATION,
    ),
)

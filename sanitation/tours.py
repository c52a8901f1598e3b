"""The tour of whoever inspects."""

from portal.help.tours import Step, recording, register

register(
    Step(
        60,
        "检查与整改",
        "检查发现的问题开出整改单，整改后复查。手机上没有网络也能登记，有网后自动发送，每条只送达一次。",
        "ledger-list",
        recording("inspections"),
        ("inspections",),
        ".page-head",
    ),
)

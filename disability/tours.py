"""The tour of whoever works for disabled residents."""

from portal.help.tours import Step, recording, register

register(
    Step(
        80,
        "康复服务",
        "一人一次一条；一次服务很多人的，用“集体服务”把共同的内容填一次，再勾选参加的人。",
        "ledger-list",
        recording("rehab-services"),
        ("rehab-services",),
        ".page-head",
    ),
)

"""The tour of whoever leads volunteers."""

from portal.help.tours import Step, recording, register

register(
    Step(
        70,
        "志愿活动和时长",
        "活动、班次、签到和时长都在这里；时长经别人核对和公示后才计入。",
        "ledger-list",
        recording("volunteer-activities"),
        ("volunteer-activities",),
        ".page-head",
    ),
)

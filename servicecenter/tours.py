"""The tour of the window."""

from portal.help.tours import Step, register

register(
    Step(
        50,
        "窗口收件",
        "居民来办事，在这里登记和受理；承诺几天办好，系统按工作日算，节假日和调休都算在内。",
        "ledger-list",
        lambda access: access.may("cases.accept") or access.may("cases.handle"),
        ("cases",),
        ".page-head",
    ),
)

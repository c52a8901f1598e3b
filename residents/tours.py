"""The tour of whoever keeps the register."""

from portal.help.tours import Step, recording, register

register(
    Step(
        40,
        "居民只登记一次",
        "其他台账都从居民册里选人。登记前先查一查：从外社区迁来的，用“接收居民”按身份证接收，不要重新录入。",
        "ledger-list",
        recording("residents"),
        ("residents",),
        ".page-head",
    ),
    Step(
        45,
        "登记一条走访",
        "先选人，再填日期和内容；填错的，在那一栏旁边说明。“保存并登记下一条”保留日期和方式，接着登记下一户。",
        "ledger-add",
        recording("visits"),
        ("visits",),
        "main form",
    ),
)

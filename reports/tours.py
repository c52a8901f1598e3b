"""The tour of whoever writes summaries."""

from portal.help.tours import Step, register

register(
    Step(
        47,
        "总结自己写好初稿",
        "选文种和时段，初稿由记录生成，里面的数字是活的。修改、核对、送审、签发都在这里，签发后数字和依据一起封存。",
        "summary-list",
        lambda access: access.may("summaries.draft"),
        spot=".page-head",
    ),
)

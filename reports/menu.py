"""Where the side menu has the summaries."""

from portal.menu import NUMBERS, Entry, holding, register

register(
    Entry("数据看板", "board-home", "layout-dashboard", holding("figures.view"), NUMBERS, place=5),
    Entry("工作总结", "summary-list", "file-text", holding("figures.view"), NUMBERS, place=40),
    Entry("关账", "closed-periods", "lock", holding("figures.view"), NUMBERS, place=50),
)

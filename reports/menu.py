"""Where the side menu has the summaries."""

from portal.menu import NUMBERS, Entry, holding, register

register(
    Entry("工作总结", "summary-list", "file-text", holding("figures.view"), NUMBERS, place=40),
)

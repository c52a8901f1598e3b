"""The overview of the office's own facts, first in its department's fold."""

from portal.menu import Entry, holding, register

register(
    Entry("概览", "office-overview", "list-details", holding("office.view"), "office", exact=True),
)

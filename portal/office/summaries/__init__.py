"""What summaries of all departments tell of the office's own facts, and the outline that joins them all."""

from portal.office.summaries.overall import OVERALL, overall
from portal.office.summaries.plans import (
    MOST,
    agreements_in_force,
    following,
    named,
    open_tasks,
    planned_next,
)

__all__ = [
    "MOST",
    "OVERALL",
    "agreements_in_force",
    "following",
    "named",
    "open_tasks",
    "overall",
    "planned_next",
]

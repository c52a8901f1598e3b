"""What of the residents' work stands in somebody's name."""

from portal.handover import named, register
from residents.enums import ProblemState
from residents.models import Problem

register(
    named(
        "residents.problems",
        "问题事项",
        "residents",
        Problem,
        "owner",
        text=lambda row: row.title,
        state=ProblemState.OPEN,
    )
)

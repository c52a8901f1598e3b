"""A frozen quarter: what its scores are made of is not added, changed, deleted or restored any more.

The one place that says so. Inspections with their findings and items ask it in their services; paste
checks, special assessments, fee collections, warning cards and orders in their ledgers
(``ledgers.frozen``). An order may still be closed and a card lifted: that is dated later than they are.

Household visits are shared facts of several lines of work and stay free, as does publishing what an
unannounced check found. A frozen score keeps its digits all the same, since it follows from what is stored
with it; the page of the quarter tells where the records say something else now.
"""

from datetime import date

from portal.errors import RuleBroken
from portal.models import Unit
from portal.scope import above
from sanitation.enums.scoring import Quarter, RunState
from sanitation.models import QuarterRun
from sanitation.selectors.quarters import quarter_of


def refuse_frozen(unit: Unit | int, *days: date | None, field: str = "occurred_on") -> None:
    """Raise RuleBroken (a ValidationError) at ``field`` when one of the days lies in a quarter that the
    unit, or one above it, has frozen. Give the day of the row as it is stored as well as the one that it shall have."""
    asked = {quarter_of(day) for day in days if day}
    if not asked:
        return
    for year, quarter in sorted(asked & frozen_quarters(unit)):
        raise RuleBroken(
            {
                field: f"{year}年{Quarter(quarter).label}的考核已经冻结，"
                "这个季度计分用的记录不能再登记、修改、删除或恢复。"
            }
        )


def frozen_quarters(unit: Unit | int) -> set[tuple[int, int]]:
    """Of the unit and those above it; for who looks at many rows at once."""
    key = unit if isinstance(unit, int) else unit.pk
    runs = QuarterRun.objects.kept().filter(unit__in={key} | above([key]), state=RunState.FROZEN)
    return set(runs.values_list("year", "quarter"))

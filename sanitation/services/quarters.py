"""A frozen quarter: what is dated in it is not added, changed or deleted any more.

The one place that says so; the services and forms of whatever a score is made of ask it.
"""

from datetime import date

from django.core.exceptions import ValidationError

from portal.models import Unit
from portal.scope import above
from sanitation.enums.scoring import Quarter, RunState
from sanitation.models import QuarterRun
from sanitation.selectors.quarters import quarter_of


def refuse_frozen(unit: Unit | int, *days: date | None, field: str = "occurred_on") -> None:
    """Raise ValidationError at ``field`` when one of the days lies in a quarter that the unit, or one above
    it, has frozen. Give the day of the row as it is stored as well as the one that it shall have."""
    asked = {quarter_of(day) for day in days if day}
    if not asked:
        return
    for year, quarter in sorted(asked & frozen_quarters(unit)):
        raise ValidationError(
            {
                field: f"{year}年{Quarter(quarter).label}的考核已经冻结，"
                "这个季度的检查和问题不能再登记、修改或删除。"
            }
        )


def frozen_quarters(unit: Unit | int) -> set[tuple[int, int]]:
    """Of the unit and those above it; for who looks at many rows at once."""
    key = unit if isinstance(unit, int) else unit.pk
    runs = QuarterRun.objects.kept().filter(unit__in={key} | above([key]), state=RunState.FROZEN)
    return set(runs.values_list("year", "quarter"))

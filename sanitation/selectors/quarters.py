"""Quarters as days, and which runs and rules belong to them."""

from datetime import date

from django.db.models import Q

from portal.models import Unit
from portal.models.units import UnitKind
from portal.periods import Period
from sanitation.models import QuarterRun, ScoreRule


def quarter_of(day: date) -> tuple[int, int]:
    """(year, quarter) that the day lies in."""
    return day.year, (day.month + 2) // 3


def days_of(year: int, quarter: int) -> Period:
    return Period.parse(f"{year}Q{quarter}")


def before(year: int, quarter: int) -> tuple[int, int]:
    return (year, quarter - 1) if quarter > 1 else (year - 1, 4)


def communities_of(unit_id: int, year: int, quarter: int):
    """The communities of a street on the last day of the quarter."""
    rows = Unit.objects.filter(parent=unit_id, kind=UnitKind.COMMUNITY)
    return rows.valid_on(days_of(year, quarter).end).order_by("code")


def rule_for(unit_id: int, year: int, quarter: int) -> ScoreRule | None:
    """The rule in force: the latest that begins with this quarter or an earlier one."""
    begun = Q(year__lt=year) | Q(year=year, quarter__lte=quarter)
    return (
        ScoreRule.objects.kept().filter(begun, unit=unit_id).order_by("-year", "-quarter").first()
    )


def run_before(run: QuarterRun) -> QuarterRun | None:
    """The same street's run of the quarter before, where it is open: places that were taken back, or
    never published, are told to nobody."""
    year, quarter = before(run.year, run.quarter)
    runs = QuarterRun.objects.kept().filter(unit=run.unit_id, is_open=True)
    return runs.filter(year=year, quarter=quarter).first()

"""What the case S8 has that is in no workbook: the rubric and rules that it was inspected by, and the scores."""

from datetime import date, timedelta
from decimal import Decimal

from portal.workdays import after_workdays
from sanitation.models import QuarterRun, Rubric, ScoreRule
from sanitation.rubric_templates import TEMPLATES
from sanitation.selectors.quarters import days_of
from sanitation.services import rubrics, scores

YEAR = 2025


def begin(unit, account) -> None:
    """The default rubric, and the rules: household visits are ranked from the fourth quarter on."""
    if Rubric.objects.filter(unit=unit).exists():
        return
    rubrics.from_template(unit, TEMPLATES["rural"], starts_on=date(YEAR, 1, 1), by=account)
    common = {
        "unit": unit,
        "year": YEAR,
        "basis": "《春和镇环境卫生季度考核办法》",
        "patrol_cap": Decimal(15),
        "posters_marks": Decimal(2),
        "sorting_marks": Decimal(3),
        "ceiling": Decimal(110),
        "recorded_by": account,
    }
    ScoreRule.objects.create(name="季度考核计分规则", quarter=1, **common)
    ScoreRule.objects.create(
        name="季度考核计分规则（含入户走访和收费）",
        quarter=4,
        fee_bonus=Decimal(2),
        fee_rate_from=Decimal(80),
        ranking_penalties=[Decimal(10), Decimal(5), Decimal(3)],
        **common,
    )


def end(unit, account) -> None:
    """All quarters of the year computed, published and settled; frozen but for the last."""
    for quarter in (1, 2, 3, 4):
        if QuarterRun.objects.filter(unit=unit, year=YEAR, quarter=quarter).exists():
            continue
        run = QuarterRun(unit=unit, year=YEAR, quarter=quarter)
        run = scores.begin(run, by=account)
        day = days_of(YEAR, quarter).end + timedelta(days=9)
        until = after_workdays(day, scores.OBJECTION_DAYS)
        run = scores.publish(run, objections_until=until, by=account, on=day)
        run = scores.settle(run, by=account, on=until + timedelta(days=1))
        if quarter < 4:
            scores.freeze(run, by=account, on=until + timedelta(days=8))

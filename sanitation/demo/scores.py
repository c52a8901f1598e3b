"""Demo scores: the rules, special checks, and every quarter since 2025; frozen but for the last one, which
is published and may be contested now.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.models import User
from portal.workdays import after_workdays
from sanitation.enums.scoring import AssessmentKind
from sanitation.models import (
    QuarterRun,
    QuarterScore,
    ScoreLine,
    ScoreObjection,
    ScoreRule,
    SpecialAssessment,
)
from sanitation.selectors.quarters import before, days_of, quarter_of
from sanitation.services import score_objections, scores

SORTING_FROM = (YEAR, 3)
# (year, quarter): who objects, why, what is answered, what is given back.
CONTESTED = {
    (YEAR, 3): (
        "demo-neighbour",
        "8 月那处散落垃圾在隔壁社区地界，不应扣我们的分。",
        "经现场核对，该处确在界外，予以补回。",
        Decimal("0.5"),
    ),
    (YEAR, 4): (
        "demo-head",
        "公厕检查当天正在维修，请求不扣分。",
        "维修期间应当设置替代厕所并公示，扣分维持。",
        None,
    ),
}
WAITING = ("demo-neighbour", "抽查的两个小组都是拆迁片区，请求补查。")


def build(world: World) -> None:
    _rules(world)
    _assessments(world)
    street = User.objects.get(username="demo-street")
    for year, quarter in _quarters():
        last = (year, quarter) == before(*quarter_of(timezone.localdate()))
        day = _published_on(year, quarter, last)
        run = QuarterRun(unit=world.street, year=year, quarter=quarter)
        run = scores.begin(run, by=street)
        until = after_workdays(day, scores.OBJECTION_DAYS)
        run = scores.publish(run, objections_until=until, by=street, on=day)
        _objection(run, day, street)
        if last:
            _contest(run, *WAITING, on=day)
        else:
            run.refresh_from_db()
            run = scores.settle(run, by=street, on=until + timedelta(days=1))
            run = scores.freeze(run, by=street, on=until + timedelta(days=8))
        _typed(run, day)


def _quarters():
    """From the first of 2025 to the last that has ended."""
    year, quarter = YEAR, 1
    now = quarter_of(timezone.localdate())
    while (year, quarter) < now:
        yield year, quarter
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)


def _published_on(year, quarter, last) -> date:
    """In the second week after the quarter; of the last one a few days ago, so that its period runs."""
    today, end = timezone.localdate(), days_of(year, quarter).end
    day = max(end + timedelta(days=1), today - timedelta(days=2)) if last else end
    return day if last else day + timedelta(days=9)


def _rules(world: World) -> None:
    common = {
        "unit": world.street,
        "basis": "《春华街道环境卫生季度考核办法》",
        "patrol_cap": Decimal(15),
        "restored_percent": 50,
        "posters_marks": Decimal(2),
        "sorting_marks": Decimal(3),
        "yellow_card": Decimal(5),
        "least_groups": 1,
        "ceiling": Decimal(110),
    }
    first = date(YEAR, 1, 3)
    ScoreRule.objects.create(
        name="季度考核计分规则", year=YEAR, quarter=1, recorded_at=typed_at(first), **common
    )
    ScoreRule.objects.create(
        name="季度考核计分规则（含入户走访和收费）",
        year=YEAR,
        quarter=4,
        fee_bonus=Decimal(2),
        fee_rate_from=Decimal(80),
        ranking_penalties=[Decimal(10), Decimal(5), Decimal(3)],
        recorded_at=typed_at(date(YEAR, 9, 25)),
        **common,
    )


def _assessments(world: World) -> None:
    random, rows = Random(SEED + 97), []  # noqa: S311  not a secret
    for year, quarter in _quarters():
        if (year, quarter) < SORTING_FROM:
            continue
        day = days_of(year, quarter).end - timedelta(days=16)
        for unit in world.communities:
            score = Decimal(random.randint(140, 196)) / 2
            rows.append(
                SpecialAssessment(
                    unit=world.street,
                    community=unit,
                    occurred_on=day,
                    kind=AssessmentKind.SORTING,
                    item="垃圾分类和减量",
                    sampled=random.choice((20, 30)),
                    score=score,
                    recorded_at=typed_at(day),
                )
            )
    load(SpecialAssessment, rows)


def _objection(run, day, street) -> None:
    told = CONTESTED.get((run.year, run.quarter))
    if told is None:
        return
    username, reason, answer, adjustment = told
    row = _contest(run, username, reason, on=day + timedelta(days=1))
    score_objections.answer(
        row,
        upheld=adjustment is not None,
        answer=answer,
        adjustment=adjustment or Decimal(0),
        by=street,
        on=day + timedelta(days=3),
    )


def _contest(run, username, reason, *, on) -> ScoreObjection:
    user = User.objects.get(username=username)
    unit = user.assignments.get().unit
    score = run.scores.select_related("run", "community").get(community=unit)
    return score_objections.object_to(score, reason=reason, signer=user.name, by=user, on=on)


def _typed(run, day) -> None:
    """Everything of the run was typed on the morning after."""
    at = typed_at(day - timedelta(days=1))
    QuarterRun.objects.filter(pk=run.pk).update(recorded_at=at, computed_at=at)
    QuarterScore.objects.filter(run=run).update(recorded_at=at)
    ScoreLine.objects.filter(score__run=run).update(recorded_at=at)
    ScoreObjection.objects.filter(score__run=run).update(recorded_at=typed_at(day))

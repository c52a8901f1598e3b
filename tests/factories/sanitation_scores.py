"""Rules, runs and what a score is made of; call inside ``acting``."""

from datetime import date
from decimal import Decimal

from portal.models import Unit
from portal.models.units import UnitKind
from portal.office.enums import Rank
from sanitation.enums.inspections import InspectionKind, SampleMethod
from sanitation.enums.rectification import CardColour
from sanitation.enums.scoring import AssessmentKind
from sanitation.models import (
    FeeCollection,
    PasteCheck,
    QuarterRun,
    QuarterScore,
    RectificationOrder,
    Rubric,
    SampledGroup,
    ScoreObjection,
    ScoreRule,
    SpecialAssessment,
    WarningCard,
)
from tests.factories import sanitation as make

DAY = date(2025, 8, 12)  # in the third quarter


def score_rule(unit, **fields) -> ScoreRule:
    given = {
        "name": "季度考核办法",
        "year": 2025,
        "quarter": 1,
        "patrol_cap": Decimal(20),
        "posters_marks": Decimal(2),
        "sorting_marks": Decimal(3),
        "fee_bonus": Decimal(2),
        "fee_rate_from": Decimal(90),
        "yellow_card": Decimal(5),
        "restored_percent": 50,
        "least_communities": 2,
    }
    return ScoreRule.objects.create(unit=unit, **given | fields)


def assessment(unit, community=None, **fields) -> SpecialAssessment:
    given = {"kind": AssessmentKind.SORTING, "item": "分类减量", "score": Decimal(85)}
    return SpecialAssessment.objects.create(
        unit=unit, community=community or unit, **{"occurred_on": DAY} | given | fields
    )


def quarter_run(unit, rule=None, **fields) -> QuarterRun:
    """A bare row; ``services.scores.begin`` computes one."""
    given = {"year": 2025, "quarter": 3, "rule": rule or score_rule(unit)}
    return QuarterRun.objects.create(unit=unit, **given | fields)


def quarter_score(unit, community=None, run=None, **fields) -> QuarterScore:
    run = run or quarter_run(unit)
    given = {"occurred_on": date(2025, 9, 30), "total": Decimal("86.50"), "rank": 1, "groups": 2}
    return QuarterScore.objects.create(
        unit=unit, community=community or unit, run=run, **given | fields
    )


def score_objection(unit, score=None, **fields) -> ScoreObjection:
    given = {"reason": "那处垃圾当天已清走。", "signer": "李梅", "occurred_on": date(2025, 10, 9)}
    return ScoreObjection.objects.create(
        unit=unit, score=score or quarter_score(unit), **given | fields
    )


def rubric_of(street) -> Rubric:
    return Rubric.objects.filter(unit=street).first() or make.rubric(street)


def handed_in(street, community, score="86.5", full=100, kind=InspectionKind.QUARTER, **fields):
    """An inspection with its score, open to the community, in two groups of it."""
    marks = {"score": Decimal(score), "full": Decimal(full)} if full else {}
    given = {"occurred_on": DAY, "rubric": rubric_of(street), "is_open": True} | marks
    given |= {"handed_in_on": fields.get("occurred_on", DAY)}
    row = make.inspection(street, community, kind, **given | fields)
    for grid in Unit.objects.filter(kind=UnitKind.GRID, parent=community)[:2]:
        SampledGroup.objects.create(
            unit=street, inspection=row, grid=grid, method=SampleMethod.RANDOM
        )
    return row


def patrol(street, community, occurrences=1, fault=None, **fields):
    """A handed-in patrol with one serious finding: 成堆垃圾, 2 points each."""
    row = handed_in(street, community, 0, 0, InspectionKind.ROUTINE)
    fault = fault or row.rubric.items.get(ordinal=1).faults.get(ordinal=1)
    return make.finding(row, fault, occurrences, **{"is_serious": True} | fields)


def order(street, finding, **fields) -> RectificationOrder:
    given = {"occurred_on": DAY, "due_on": date(2025, 8, 20), "problem": "成堆垃圾"}
    return RectificationOrder.objects.create(
        unit=street, community=finding.community, finding=finding, **given | fields
    )


def paste_check(street, community, sampled=50, pasted=45, **fields) -> PasteCheck:
    return PasteCheck.objects.create(
        unit=street,
        community=community,
        sampled=sampled,
        pasted=pasted,
        **{"occurred_on": DAY} | fields,
    )


def fee(unit, community=None, due=100, paid=95, **fields) -> FeeCollection:
    return FeeCollection.objects.create(
        unit=unit,
        community=community or unit,
        due=due,
        paid=paid,
        **{"occurred_on": date(2025, 3, 5)} | fields,
    )


def yellow_card(street, community, **fields) -> WarningCard:
    given = {
        "occurred_on": DAY,
        "colour": CardColour.YELLOW,
        "issuer": "市城管局",
        "rank": Rank.CITY,
        "reason": "暗访发现成堆垃圾",
    }
    return WarningCard.objects.create(unit=street, community=community, **given | fields)


def one_of_each(unit) -> dict:
    """By the ledger's slug, of what the unit keeps itself: a run with a score that was contested."""
    run = quarter_run(unit)
    score = quarter_score(unit, run=run)
    return {
        "special-assessments": assessment(unit, sampled=20, note="抽查两个小组"),
        "quarter-runs": run,
        "quarter-scores": score,
        "score-objections": score_objection(unit, score),
    }

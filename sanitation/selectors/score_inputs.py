"""What the records of a quarter tell of each community, as the facts that its score is computed from.

What a community keeps itself, its collected fees as well, gives it no points: only what the street keeps
counts. Household visits are shared facts and count whoever recorded them.
"""

from collections import defaultdict
from decimal import Decimal

from portal.figures import engine
from portal.periods import Period
from portal.telling import month_day
from sanitation.enums.scoring import AssessmentKind, VisitBase
from sanitation.models import (
    FeeCollection,
    Inspection,
    PasteCheck,
    QuarterRun,
    SampledGroup,
    ScoreObjection,
    ScoreRule,
    SpecialAssessment,
    WarningCard,
)
from sanitation.scoring import Adjustment, Card, Check, Inputs, Rule, Share
from sanitation.scoring.rounding import percent, told
from sanitation.selectors.quarters import communities_of, days_of
from sanitation.selectors.score_problems import CHECKS, serious_by_community, source_of

VISITS, VISITED, HOUSEHOLDS = (
    "sanitation.cadre_visits",
    "sanitation.cadre_visited_households",
    "residents.households",
)


def rule_of(rule: ScoreRule) -> Rule:
    """The rule as values."""
    names = Rule.__dataclass_fields__.keys() - {"ranking_penalties"}
    values = {name: getattr(rule, name) for name in names}
    return Rule(**values, ranking_penalties=tuple(rule.ranking_penalties))


def gather(run: QuarterRun) -> dict[int, Inputs]:
    """By community, of all that the street had at the end of the quarter."""
    span = days_of(run.year, run.quarter)
    units = [unit.pk for unit in communities_of(run.unit_id, run.year, run.quarter)]
    checks, groups = _checks(run, units, span)
    findings, counted = serious_by_community(run.unit_id, units, span)
    special = _special(run, units, span)
    fees, cards = _fees(run, units, span), _cards(run, units, span)
    visits, adjustments = _visits(run, units, span), _adjustments(run)
    return {
        unit: Inputs(
            checks=tuple(checks[unit]),
            findings=tuple(findings.get(unit, ())),
            counted=counted.get(unit, ()),
            **{name: tuple(shares[unit]) for name, shares in special.items()},
            fees=tuple(fees[unit]),
            visits=visits[unit][0],
            visits_told=visits[unit][1],
            cards=tuple(cards[unit]),
            adjustments=tuple(adjustments[unit]),
            groups=groups.get(unit, 0),
        )
        for unit in units
    }


def _kept(model, run, units, span):
    """The street's rows about these communities in the span."""
    days = (span.start, span.end)
    return model.objects.kept().filter(
        unit=run.unit_id, community__in=units, occurred_on__range=days
    )


def _checks(run, units, span) -> tuple[dict, dict]:
    """Checks that are open to the community, and in how many groups they looked."""
    rows = _kept(Inspection, run, units, span).filter(kind__in=CHECKS, is_open=True)
    rows = rows.exclude(rubric__isnull=True, full__isnull=True)
    found = defaultdict(list)
    for row in rows:
        label = f"{month_day(row.occurred_on)}{row.get_kind_display()}"
        found[row.community_id].append(
            Check(source_of(row, label), row.score, row.full or Decimal(0))
        )
    samples = SampledGroup.objects.kept().filter(inspection__in=rows.values("pk"))
    groups = defaultdict(set)
    for community, grid in samples.values_list("community", "grid"):
        groups[community].add(grid)
    return found, {community: len(grids) for community, grids in groups.items()}


def _special(run, units, span) -> dict[str, dict]:
    """Of posters the homes looked at go first: a mark for them is taken where nobody looked."""
    found = {name: defaultdict(list) for name in ("posters", "sorting", "others")}
    for row in _kept(PasteCheck, run, units, span):
        label = f"{month_day(row.occurred_on)}粘贴抽查：已粘贴 {row.pasted}/{row.sampled} 户"
        share = Share(source_of(row, label), Decimal(row.pasted), Decimal(row.sampled))
        found["posters"][row.community_id].append(share)
    looked_at = set(found["posters"])
    names = {AssessmentKind.POSTERS: "posters", AssessmentKind.SORTING: "sorting"}
    for row in _kept(SpecialAssessment, run, units, span):
        name = names.get(row.kind, "others")
        if name == "posters" and row.community_id in looked_at:
            continue
        what = row.item or row.get_kind_display()
        label = f"{month_day(row.occurred_on)}{what}：{told(row.score)}/{told(row.full)} 分"
        found[name][row.community_id].append(Share(source_of(row, label), row.score, row.full))
    return found


def _fees(run, units, span) -> dict:
    """Collected since the year began: a household pays once for it."""
    year = Period(span.start.replace(month=1, day=1), span.end)
    found = defaultdict(list)
    for row in _kept(FeeCollection, run, units, year):
        label = f"{month_day(row.occurred_on)}收费：已缴 {row.paid}/{row.due} 户"
        share = Share(source_of(row, label), Decimal(row.paid), Decimal(row.due))
        found[row.community_id].append(share)
    return found


def _cards(run, units, span) -> dict:
    found = defaultdict(list)
    for row in _kept(WarningCard, run, units, span):
        label = f"{month_day(row.occurred_on)}{row.issuer}{row.get_colour_display()}"
        found[row.community_id].append(Card(source_of(row, label), row.colour))
    return found


def _visits(run, units, span) -> dict[int, tuple]:
    """(what the ranking goes by, how it is told); None where there is nothing to compare."""
    if run.rule.visit_base == VisitBase.VISITS:
        counted = _by_unit(VISITS, units, span)
        return {unit: (Decimal(counted[unit]), f"{counted[unit]} 次") for unit in units}
    visited, homes = _by_unit(VISITED, units, span), _by_unit(HOUSEHOLDS, units, span)
    found = {}
    for unit in units:
        reached, of = visited[unit], homes[unit]
        if not of:
            found[unit] = (None, f"走访 {reached} 户，没有登记总户数")
            continue
        rate = percent(reached, of)
        found[unit] = (Decimal(rate[:-1]), f"走访 {reached}/{of} 户，{rate}")
    return found


def _by_unit(code, units, span) -> dict[int, int]:
    return {unit: reading.value for unit, reading in engine.by_unit(code, units, span).items()}


def _adjustments(run) -> dict:
    rows = ScoreObjection.objects.kept().filter(score__run=run, upheld=True, adjustment__gt=0)
    found = defaultdict(list)
    for row in rows.select_related("score"):
        label = f"{month_day(row.occurred_on)}异议成立"
        adjustment = Adjustment(source_of(row, label), row.adjustment)
        found[row.score.community_id].append(adjustment)
    return found

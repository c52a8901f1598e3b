"""For whatever was recorded: the lines add up, the order of entry changes nothing, and more is worse."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from sanitation.enums.scoring import LineKind
from sanitation.ledgers.scores_page import GROUPS, groups_of
from sanitation.scoring import Check, Inputs, Source, compute_all
from sanitation.scoring.stored import read, stored
from tests.sanitation.scoring_strategies import checks, fields, inputs, rules, serious

cheap = settings(max_examples=60, deadline=None)
CHECKED = Check(Source("sanitation.inspection", 5000, "季度检查"), Decimal("86.5"), Decimal(100))


@cheap
@given(field=fields, rule=rules)
def test_the_lines_add_up_to_the_total_exactly_within_the_bounds(field, rule):
    for result in compute_all(field, rule).values():
        if result.total is None:
            assert result.withheld
            assert result.rank is None
            assert not any(line.kind == LineKind.BOUND for line in result.lines)
        else:
            assert sum(line.points for line in result.lines) == result.total
            assert rule.floor <= result.total <= rule.ceiling
        assert all(line.points == round(line.points, 2) for line in result.lines)


@cheap
@given(field=fields, rule=rules)
def test_the_groups_of_the_explanation_add_up_to_the_total(field, rule):
    for result in compute_all(field, rule).values():
        if result.total is not None:
            groups = groups_of(result.lines)
            assert sum(points for _, _, points in groups) == result.total
            assert sum(len(own) for _, own, _ in groups) == len(result.lines)


def test_every_kind_of_line_is_told_in_one_group():
    kinds = [kind for _, kinds in GROUPS for kind in kinds]
    assert sorted(kinds) == sorted(LineKind)


@cheap
@given(field=fields, rule=rules, random=st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_no_digit(field, rule, random):
    def stirred(values):
        return tuple(random.sample(values, len(values)))

    names = ("checks", "findings", "counted", "posters", "sorting", "fees", "cards", "adjustments")
    other = {
        code: replace(each, **{name: stirred(getattr(each, name)) for name in names})
        for code, each in random.sample(list(field.items()), len(field))
    }
    first, second = compute_all(field, rule), compute_all(other, rule)
    for code, result in first.items():
        found = second[code]
        assert (result.lines, result.total, result.rank, result.withheld) == (
            (found.lines, found.total, found.rank, found.withheld)
        )


@cheap
@given(field=fields, rule=rules)
def test_what_is_stored_computes_to_the_same_digits(field, rule):
    first = compute_all(field, rule)
    kept = {code: read(stored(result.inputs, rule)) for code, result in first.items()}
    assert all(kept_rule == rule for _, kept_rule in kept.values())
    assert compute_all({code: each for code, (each, _) in kept.items()}, rule) == first


@settings(max_examples=150, deadline=None)
@given(one=inputs, rule=rules, more=serious)
def test_one_more_serious_finding_never_raises_the_score(one, rule, more):
    one = replace(one, checks=(CHECKED,))
    more = replace(more, source=replace(more.source, key=7000))
    worse = replace(one, findings=(*one.findings, more))
    before, after = (compute_all({1: each}, rule)[1].total for each in (one, worse))
    assert after <= before


@cheap
@given(field=fields, rule=rules)
def test_ranks_share_a_place_and_count_on(field, rule):
    results = compute_all(field, rule).values()
    ranked = [result for result in results if result.rank]
    for result in ranked:
        assert result.rank == 1 + sum(other.total > result.total for other in ranked)
        assert result.inputs.groups >= rule.least_groups
    assert not ranked or len(ranked) >= rule.least_communities
    assert all(bool(result.rank) != bool(result.withheld) for result in results)


@cheap
@given(values=st.lists(st.integers(0, 4), min_size=1, max_size=12), rule=rules)
def test_too_few_units_or_equal_ones_lose_nothing_by_their_visits(values, rule):
    field = {n: Inputs(checks=(CHECKED,), visits=Decimal(v)) for n, v in enumerate(values)}
    taken = Counter()
    for result in compute_all(field, rule).values():
        taken[result.inputs.visits] += sum(
            -line.points for line in result.lines if line.kind == LineKind.RANKING
        )
    if len(values) < rule.least_communities or len(set(values)) == 1:
        assert not any(taken.values())
    if rule.ranking_penalties and rule.ties == "average" and any(taken.values()):
        assert abs(sum(taken.values()) - sum(rule.ranking_penalties[: len(values)])) < Decimal(
            "0.1"
        )


@cheap
@given(found=st.lists(checks, min_size=1, max_size=3, unique_by=lambda c: c.source.key), rule=rules)
def test_several_checks_share_their_average(found, rule):
    result = compute_all({1: Inputs(checks=tuple(found))}, rule)[1]
    counted = [check for check in found if check.full]
    parts = sum(line.points for line in result.lines if line.kind == LineKind.CHECK)
    if not counted:
        assert result.total is None
        assert "不适用" in result.withheld
        return
    average = sum(check.score * 100 / check.full for check in counted) / len(counted)
    assert abs(parts - average) <= Decimal("0.005001")

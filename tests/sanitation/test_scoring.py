"""The score of one community, and the ranking of several: what the rules say, case by case."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from sanitation.enums.scoring import LineKind, TieRule
from sanitation.scoring import (
    Adjustment,
    Card,
    Check,
    Entrant,
    Inputs,
    Rule,
    Serious,
    Share,
    Source,
    compute,
    compute_all,
    rank,
    standings,
    total,
    why_no_total,
)
from sanitation.scoring.facts import Counted

LAST_THREE = (D(10), D(5), D(3))


def source(key, label="记录"):
    return Source("sanitation.finding", key, label)


def check(key=1, score="86.5", full=100):
    return Check(source(key, "季度检查"), None if score is None else D(score), D(full))


def serious(key, points, problem=None, **more):
    return Serious(source(key, f"第{key}处"), D(points), problem or key, **more)


def points(inputs, rule=None):
    """The points by kind, without those of nought."""
    found = {}
    for line in compute(inputs, rule or Rule()):
        if line.points:
            found[line.kind] = found.get(line.kind, 0) + line.points
    return found


def test_a_check_is_scaled_to_a_hundred_of_what_applies():
    assert points(Inputs((check(full=94),))) == {LineKind.CHECK: D("92.02")}


def test_three_full_checks_make_a_hundred():
    lines = compute(Inputs(tuple(check(n, 100) for n in (1, 2, 3))), Rule())
    assert [line.points for line in lines] == [D("33.33"), D("33.34"), D("33.33")]
    assert total(lines) == D(100)


@pytest.mark.parametrize(
    ("checks", "reason"), [((), "没有已公开的季度检查"), ((check(1, None, 0),), "全部不适用")]
)
def test_without_a_check_that_counts_there_is_no_total(checks, reason):
    inputs = Inputs(checks, findings=(serious(2, 2),))
    assert total(compute(inputs, Rule(floor=D(10)))) is None
    assert reason in why_no_total(inputs)


def test_a_check_where_nothing_applies_counts_for_nobody():
    assert points(Inputs((check(1, None, 0), check(2, 90)))) == {LineKind.CHECK: D(90)}


def test_patrols_take_off_up_to_the_cap():
    inputs = Inputs((check(),), findings=(serious(2, 2), serious(3, 4)))
    assert points(inputs, Rule(patrol_cap=D(5))) == {
        LineKind.CHECK: D("86.50"),
        LineKind.PATROL: D(-6),
        LineKind.PATROL_CAP: D(1),
    }


def test_the_same_problem_counts_once_and_says_so():
    inputs = Inputs((check(),), findings=(serious(2, 2), serious(3, 3, problem=2)))
    first, second = (line for line in compute(inputs, Rule()) if line.kind == LineKind.PATROL)
    assert (first.points, second.points) == (D(0), D(-3))
    assert "与“第3处”为同一问题" in first.rule


def test_what_the_check_took_off_already_is_not_taken_again():
    inputs = Inputs(
        (check(),),
        findings=(serious(2, 2, problem=9), serious(3, 3, problem=9)),
        counted=(Counted(9, "3月12日季度检查"),),
    )
    lines = [line for line in compute(inputs, Rule()) if line.kind == LineKind.PATROL]
    assert [line.points for line in lines] == [D(0), D(0)]
    assert all("与3月12日季度检查为同一问题" in line.rule for line in lines)


def test_a_problem_put_right_in_time_comes_back_in_part_and_never_beyond_the_cap():
    inputs = Inputs(
        (check(),), findings=(serious(2, 8, closed_in_time=True, order="1号"), serious(3, 8))
    )
    assert points(inputs, Rule(restored_percent=50, patrol_cap=D(10))) == {
        LineKind.CHECK: D("86.50"),
        LineKind.PATROL: D(-16),
        LineKind.RESTORED: D(4),
        LineKind.PATROL_CAP: D(2),
    }


def test_special_checks_give_points_for_their_rate():
    shares = (Share(source(2), D(45), D(50)), Share(source(3), D(30), D(50)))
    inputs = Inputs((check(),), posters=shares, sorting=(Share(source(4), D(80), D(100)),))
    rule = Rule(posters_marks=D(4), sorting_marks=D(5))
    assert points(inputs, rule)[LineKind.SPECIAL] == D(7)
    assert "75/100=75.00%" in next(ln.rule for ln in compute(inputs, rule) if "45/50" in ln.rule)
    assert points(inputs) == {LineKind.CHECK: D("86.50")}


@pytest.mark.parametrize(("paid", "bonus"), [(89, 0), (90, 2), (100, 2), (0, 0)])
def test_the_fee_gives_its_bonus_from_the_rate_on(paid, bonus):
    inputs = Inputs((check(),), fees=(Share(source(2), D(paid), D(100)),))
    assert points(inputs, Rule(fee_bonus=D(2), fee_rate_from=D(90))).get("fee", 0) == bonus


VISITS = {  # visits by community: what each loses when the lighter, the average, the heavier counts
    (1, 2, 3, 4): ([10, 5, 3, 0],) * 3,
    (1, 1, 3, 4): ([5, 5, 3, 0], [7.5, 7.5, 3, 0], [10, 10, 3, 0]),
    (1, 2, 3, 3): ([10, 5, 0, 0], [10, 5, 1.5, 1.5], [10, 5, 3, 3]),
    (0, 0, 0, 0): ([0, 0, 0, 0],) * 3,
    (2, 2, 2, 2): ([0, 0, 0, 0],) * 3,
    (1, 2, 3): ([0, 0, 0],) * 3,
    (0, 0, 0, 0, 5): ([0, 0, 0, 0, 0], [4.5, 4.5, 4.5, 4.5, 0], [10, 10, 10, 10, 0]),
}


@pytest.mark.parametrize("tie", range(3))
@pytest.mark.parametrize("visits", VISITS)
def test_the_last_of_the_visits_lose_by_the_rule_for_ties(visits, tie):
    rule = Rule(ranking_penalties=LAST_THREE, ties=list(TieRule)[tie].value)
    field = {n: Inputs((check(100),), visits=D(v)) for n, v in enumerate(visits)}
    lost = [
        -sum(line.points for line in result.lines if line.kind == LineKind.RANKING)
        for result in compute_all(field, rule).values()
    ]
    assert lost == [D(str(each)) for each in VISITS[visits][tie]]


def test_who_has_no_households_is_not_in_the_ranking_of_visits():
    assert standings({"a": None, "b": D(1)}).keys() == {"b"}
    line = compute(Inputs((check(),)), Rule(ranking_penalties=LAST_THREE))[-1]
    assert (line.kind, line.points) == (LineKind.RANKING, D(0))


def test_yellow_cards_take_off_and_objections_give_back():
    inputs = Inputs(
        (check(),),
        cards=(Card(source(2)), Card(source(3), "red"), Card(source(5), "blue")),
        adjustments=(Adjustment(source(4), D("1.5")),),
    )
    assert points(inputs, Rule(yellow_card=D(5))) == {
        LineKind.CHECK: D("86.50"),
        LineKind.WARNING: D(-5),
        LineKind.OBJECTION: D("1.50"),
    }


@pytest.mark.parametrize(("score", "bound"), [(2, 8), (99, -9), (50, 0)])
def test_floor_and_ceiling_are_lines(score, bound):
    found = points(Inputs((check(1, score),)), Rule(floor=D(10), ceiling=D(90)))
    assert found.get(LineKind.BOUND, 0) == bound


def entrants(*totals, groups=2):
    return [
        Entrant(n, None if t is None else D(t), groups, "" if t is not None else "没有检查")
        for n, t in enumerate(totals)
    ]


def test_equal_totals_share_a_rank_and_the_next_counts_on():
    places = rank(entrants(90, 85, 85, 80), Rule())
    assert [places[n].rank for n in range(4)] == [1, 2, 2, 4]


def test_who_was_looked_at_too_little_has_no_rank_and_the_others_close_up():
    those = entrants(90, 85, 84, 80, 70)
    those[0] = replace(those[0], groups=1)
    places = rank(those, Rule(least_groups=2))
    assert [places[n].rank for n in range(5)] == [None, 1, 2, 3, 4]
    assert "抽查小组 1 个" in places[0].withheld


def test_below_the_least_number_nobody_is_ranked():
    places = rank(entrants(90, 85, 84, None), Rule())
    assert [places[n].rank for n in range(4)] == [None] * 4
    assert "只有 3 个单位" in places[0].withheld
    assert places[3].withheld == "没有检查"


def test_nobody_at_all_is_no_ranking():
    assert compute_all({}, Rule()) == {}

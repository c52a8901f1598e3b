"""Marking is pure: its lines add up, in any order, and what does not apply counts for nobody."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanitation.enums.inspections import Grade
from sanitation.marking import Item, grade, mark, percent

LIMITS = SimpleNamespace(excellent_from=D(90), good_from=D(80), pass_from=D(70))
tenths = st.integers(0, 300).map(lambda n: D(n) / 10)


@st.composite
def checks(draw):
    items = [
        Item(n, f"项目{n}", draw(tenths), draw(st.none() | tenths), draw(st.booleans()))
        for n in range(draw(st.integers(0, 12)))
    ]
    keys = [item.key for item in items]
    some = st.sets(st.sampled_from(keys)) if keys else st.just(set())
    na = draw(some)
    rates = {key: draw(st.integers(0, 100).map(D)) for key in draw(some)}
    findings = (
        st.lists(st.tuples(st.sampled_from(keys), tenths), max_size=30) if keys else st.just([])
    )
    return items, na, rates, draw(findings)


@given(checks(), st.randoms())
def test_lines_add_up_in_any_order(check, random):
    items, na, rates, deductions = check
    marking = mark(items, na, rates, deductions)
    shuffled = random.sample(deductions, len(deductions))
    assert mark(items, na, rates, shuffled) == marking
    counted = [line for line in marking.lines if line.points is not None]
    assert marking.full == sum(line.item.maximum for line in counted)
    if marking.full:
        assert marking.score == sum(line.points for line in counted)
        assert marking.score + sum(line.lost for line in marking.lines) == marking.full
        assert 0 <= marking.score <= marking.full
    else:
        assert marking.score is None
    for line in marking.lines:
        assert line.is_na == (line.item.key in na)
        assert line.spared >= 0
        if line.item.cap is not None and not line.item.by_rate:
            assert line.lost <= line.item.cap


@pytest.mark.parametrize(
    ("cap", "taken", "points", "spared"),
    [
        (None, ["2", "0.5"], "9.5", "0"),
        (None, ["9", "9"], "0", "6"),
        ("3", ["2", "2"], "9", "1"),
        ("20", ["9", "9"], "0", "6"),
        ("0", ["2"], "12", "2"),
    ],
)
def test_a_cap_limits_what_the_faults_take_off(cap, taken, points, spared):
    item = Item("a", "路面", D(12), D(cap) if cap else None)
    line = mark([item], (), {}, [("a", D(each)) for each in taken]).lines[0]
    assert (line.points, line.spared) == (D(points), D(spared))


def test_a_rate_gives_its_share_rounded_half_up_to_a_tenth():
    item = Item("a", "粘贴率", D(5), by_rate=True)
    assert mark([item], (), {"a": D("87")}, []).score == D("4.4")
    assert mark([item], (), {"a": D("85.0")}, []).score == D("4.3")
    waiting = mark([item], (), {}, [])
    assert (waiting.score, waiting.full, len(waiting.waiting)) == (None, 0, 1)


def test_where_nothing_applies_there_is_no_score():
    marking = mark([Item("a", "公厕", D(6))], {"a"}, {}, [("a", D(1))])
    assert (marking.score, marking.full) == (None, 0)
    assert percent(marking.score, marking.full) is None
    assert grade(marking.score, marking.full, LIMITS) is None


@pytest.mark.parametrize(
    ("score", "full", "told"),
    [
        ("90", "100", Grade.EXCELLENT),
        ("89.9", "100", Grade.GOOD),
        ("79.9", "100", Grade.PASS),
        ("69.9", "100", Grade.FAIL),
        ("84.6", "94", Grade.EXCELLENT),
        # 89.96 of a hundred is told as 90.0, and is still not 90.
        ("84.56", "94", Grade.GOOD),
    ],
)
def test_a_grade_is_told_of_the_marks_that_apply(score, full, told):
    assert grade(D(score), D(full), LIMITS) is told


def test_a_finding_of_another_rubric_is_no_deduction():
    with pytest.raises(KeyError):
        mark([Item("a", "路面", D(12))], (), {}, [("b", D(1))])

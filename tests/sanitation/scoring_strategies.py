"""Random communities and rules for the property tests of the score."""

from decimal import Decimal

from hypothesis import strategies as st

from sanitation.enums.rectification import CardColour
from sanitation.enums.scoring import TieRule
from sanitation.scoring import Adjustment, Card, Check, Inputs, Rule, Serious, Share, Source
from sanitation.scoring.facts import Counted


def decimals(first, last, places=1):
    return st.integers(first * 10**places, last * 10**places).map(
        lambda n: Decimal(n).scaleb(-places)
    )


def facts(make, most=4):
    """Tuples of facts whose records differ."""
    return st.lists(make, max_size=most, unique_by=lambda fact: fact.source.key).map(tuple)


sources = st.builds(
    Source, st.just("sanitation.finding"), st.integers(1, 999), st.text("检查路", max_size=4)
)
checks = st.tuples(sources, decimals(0, 100), decimals(0, 100)).map(
    lambda t: Check(t[0], min(t[1], t[2]) if t[2] else None, t[2])
)
serious = st.builds(
    Serious, sources, decimals(0, 12), st.integers(1, 8), st.booleans(), st.just("整改〔2026〕1号")
)
shares = st.tuples(sources, st.integers(0, 90), st.integers(0, 90)).map(
    lambda t: Share(t[0], Decimal(min(t[1:])), Decimal(max(t[1:])))
)
inputs = st.builds(
    Inputs,
    checks=facts(checks, 3),
    findings=facts(serious, 8),
    counted=st.lists(st.builds(Counted, st.integers(1, 3), st.just("季度检查")), max_size=2).map(
        tuple
    ),
    posters=facts(shares),
    sorting=facts(shares),
    others=facts(shares, 2),
    fees=facts(shares),
    visits=st.none() | decimals(0, 3),
    visits_told=st.just("走访"),
    cards=facts(st.builds(Card, sources, st.sampled_from(["", *CardColour.values])), 2),
    adjustments=facts(st.builds(Adjustment, sources, decimals(0, 5, 2)), 2),
    groups=st.integers(0, 4),
)
rules = st.builds(
    Rule,
    patrol_cap=st.none() | decimals(0, 20),
    restored_percent=st.integers(0, 100),
    posters_marks=decimals(0, 5),
    sorting_marks=decimals(0, 5),
    fee_bonus=decimals(0, 3),
    fee_rate_from=decimals(0, 100, 2),
    ranking_penalties=st.sampled_from([(), (Decimal(10), Decimal(5), Decimal(3))]),
    ties=st.sampled_from([tie.value for tie in TieRule]),
    blue_card=decimals(0, 2),
    yellow_card=decimals(0, 10),
    red_card=decimals(0, 20),
    least_communities=st.integers(1, 5),
    least_groups=st.integers(0, 3),
    floor=decimals(-5, 40, 2),
    ceiling=decimals(60, 120, 2),
)
fields = st.dictionaries(st.integers(1, 12), inputs, max_size=9)

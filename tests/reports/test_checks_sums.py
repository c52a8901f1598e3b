"""Totals, shares and quotients in running text (§7.10 rules 1, 2, 15, 16)."""

import pytest

from reports.checks import Piece, check
from tests.reports.facts import S1, grounds


def found(text, **facts):
    pieces = [Piece("part", "走访与服务", text)]
    return [
        (f.rule, f.words, f.replacement)
        for f in check("总结", pieces, grounds(**facts))
        if f.is_error
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("慰问3户、帮扶5户，共计9户。", ("sum", "9", "8")),
        ("残疾人20户，其中低保5户，合计25户。", ("double", "25", "20")),
        ("低保户12户、重度低保户5户，合计17户。", ("double", "17", "12")),
        ("全街道走访家庭90户，明珠社区走访家庭40户，合计130户。", ("double", "130", "90")),
        ("走访家庭20户，其中低保家庭25户。", ("share", "25", None)),
        ("办结率82.1%（468/507）。", ("percent-wrong", "82.1%", "92.3%")),
        ("受理570件，上年530件，增长9.5%。", ("percent-wrong", "9.5%", None)),
        ("受理量增长9.5%。", ("percent-alone", "9.5%", None)),
    ],
)
def test_what_does_not_add_up_is_an_error(text, expected):
    assert found(text, own="春华街道", below=frozenset({"明珠社区"})) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "残疾人20户，其中低保5户、特困3户，合计20户。",
        "低保户12户、特困户5户，合计17户。",
        "甲社区3户，乙社区4户，合计7户。",
        "受理570件，上年530件，增长7.5%。",
        "受理570件，比上年增加40件，增长7.5%。",
        "走访家庭20户，其中低保家庭5户；另有慰问30户。",
        "合计12户，其中低保5户。",
    ],
)
def test_what_adds_up_passes(text):
    assert found(text) == []


def test_a_typed_change_is_held_against_both_periods():
    earlier = grounds(values=S1 | {"disability.visits": 180}).readings
    assert found("走访比上年增加12人次，增长6.7%。", earlier=earlier) == []
    assert found("走访比上年增加21人次。", earlier=earlier) == [("contradiction", "21", "12")]
    assert found("走访比上年增长7.6%。", earlier=earlier) == [("contradiction", "7.6%", "6.7%")]
    assert found("上年走访108人次。", earlier=earlier) == [("contradiction", "108", "180")]
    assert found("上年走访180人次。", earlier=earlier) == []


def test_terms_of_an_average_are_no_counts_of_their_own():
    assert found("入户走访129人次，每次平均2人次（258人次/129次）。") == []

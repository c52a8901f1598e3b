"""What was left from another file, another period, another unit; plans of yesterday."""

import pytest

from portal.periods import Period
from reports.checks import Piece, check
from reports.checks.findings import ERROR, WARNING, Elsewhere
from tests.reports.facts import YEAR, grounds

UNITS = {
    "above": ("清河区", "春华街道"),
    "own": "明珠社区",
    "below": frozenset(),
    "others": frozenset({"东风社区", "秋实街道"}),
}


def found(text, heading="主要工作", **facts):
    pieces = [Piece("part", heading, text)]
    return [
        (f.severity, f.rule, f.words, f.replacement)
        for f in check("总结", pieces, grounds(**(UNITS | facts)))
        if f.rule != "unproven"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东风社区开展走访。", [(ERROR, "other-unit", "东风社区", "明珠社区")]),
        ("在秋实街道领导下。", [(ERROR, "other-unit", "秋实街道", None)]),
        ("与东风社区共同走访。", [(WARNING, "other-unit", "东风社区", None)]),
        ("赴东风社区学习。", [(WARNING, "other-unit", "东风社区", None)]),
        ("明珠社区在春华街道领导下走访。", []),
    ],
)
def test_names_of_other_units_are_found(text, expected):
    assert found(text) == expected


def test_a_name_within_our_own_is_ours():
    assert found("新东风社区开展走访。", own="新东风社区") == []


LAST = Elsewhere(
    "明珠社区2024年残疾人工作总结",
    Period.parse("2024"),
    ("5月18日，在中街开展宣传，参加居民80人次。", "继续做好走访和需求登记工作。"),
)


def test_a_sentence_of_last_year_is_found_with_its_numbers():
    kept = "5月18日，在中街开展宣传，参加居民80人次。"
    [finding] = found(kept, former=(LAST,))
    assert finding == (WARNING, "last-year", kept, None)
    assert found(kept.replace("80", "95"), former=(LAST,)) == []
    assert found("继续做好走访和需求登记工作。", former=(LAST,)) == []
    assert found(kept, former=(LAST,), composed=(kept,)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2月30日，走访家庭。", [(ERROR, "no-day", "2月30日", None)]),
        ("8月走访家庭。", [(WARNING, "day", "8月", None)]),
        ("按照上年8月的要求走访。", []),
        ("学习《8月5日会议纪要》。", []),
        ("计划8月走访。", []),
        ("3月5日走访家庭。", []),
    ],
)
def test_days_lie_within_the_period(text, expected):
    assert found(text, period=Period.parse("2025H1")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年6月前换证。", ["2025年6月"]),
        ("2025年加强走访。", ["2025年"]),
        ("2026年6月前换证。", []),
        ("2026年加强走访。", []),
        ("6月前换证。", []),
        ("按照2025年计划推进。", []),
        ("落实《2025年工作方案》。", []),
    ],
)
def test_plans_lie_ahead(text, expected):
    told = found(text, heading="下一步工作")
    assert [words for _, rule, words, _ in told if rule == "past-plan"] == expected


def test_a_plan_whose_day_has_passed_meanwhile_is_found():
    today = Period.parse("2026-07").start
    told = found("2026年6月前换证。", heading="下一步工作", today=today)
    assert [rule for _, rule, *_ in told] == ["past-plan"]


STREET = "5月15日，与社区共同开展“助残宣传”活动，{}参加。"


@pytest.mark.parametrize(
    ("ours", "theirs", "differs"),
    [
        ("86人次", "60人次", True),
        ("86人次", "86人次", False),
        ("86人次", "60人", False),
        ("30人、居民86人次", "86人次", False),
    ],
)
def test_an_event_told_elsewhere_has_the_same_head_count(ours, theirs, differs):
    other = Elsewhere("春华街道2025年总结", YEAR, (STREET.format(theirs),))
    told = found(STREET.format(ours), elsewhere=(other,))
    assert [rule for _, rule, *_ in told] == ["elsewhere"] * differs


def test_another_event_of_the_day_is_another_event():
    other = Elsewhere("总结", YEAR, (STREET.replace("助残宣传", "义诊").format("60人次"),))
    assert found(STREET.format("86人次"), elsewhere=(other,)) == []

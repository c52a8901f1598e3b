"""The 18 rules of domain §7.10: each has its functions, and an example that it fails."""

import re

import pytest

import reports.checks
from portal.periods import Period
from reports.checks import Piece, check
from reports.checks.findings import ERROR, WARNING, Elsewhere
from reports.checks.rules import BY_NUMBER, IN_DOCUMENT, IN_PASSAGES
from reports.tables import TableContent
from tests.reports.facts import YEAR, grounds

AMOUNT = "disability.assistance_without_amount"
STREET = Elsewhere(
    "春华街道2025年残疾人工作总结",
    YEAR,
    ("5月15日，开展“助残日宣传”活动，60人次参加。",),
)
TABLE = TableContent(
    "各社区走访", "单位：人次", ("单位", "走访"), (("甲", "3"), ("乙", "4")), ("合计", "8")
)
WITHIN = TableContent(
    "残疾人情况", "单位：人", ("类别", "人数"), (("残疾人", "9"), ("其中持证", "4")), ("合计", "13")
)
LONG = "我社区认真落实上级部署，扎实做好各项工作，得到居民好评。" * 9

# number: text, facts besides, (severity, rule, words, replacement)
EXAMPLES = {
    1: ("办结率97%（468/570）。", {}, (ERROR, "percent-wrong", "97%", "82.1%")),
    2: ("满意率97%。", {}, (ERROR, "percent-alone", "97%", None)),
    3: ("慰问××户。", {}, (ERROR, "placeholder", "××", None)),
    4: (
        "发放宣传单200余份。",
        {},
        (WARNING, "vague", "200余份", "{disability.handouts}"),
    ),
    5: (
        "围绕第三十四个全国助残日开展宣传。",
        {},
        (ERROR, "theme-day", "第三十四个全国助残日", "第35个全国助残日"),
    ),
    6: ("落实六项制度：例会、公开、承诺。", {}, (WARNING, "list-size", "六项制度", None)),
    7: (
        "8月5日走访困难家庭。",
        {"period": Period.parse("2025H1")},
        (WARNING, "day", "8月5日", None),
    ),
    8: (
        "5月15日，开展“助残日宣传”活动，86人次参加。",
        {"elsewhere": (STREET,)},
        (WARNING, "elsewhere", "5月15日，开展“助残日宣传”活动，86人次参加。", None),
    ),
    9: (
        "慰问困难残疾人。",
        {"unmeasured": (AMOUNT,), "values": {AMOUNT: 2}},
        (WARNING, "amount", AMOUNT, None),
    ),
    10: (
        "帮助欧阳丹参加培训。",
        {"persons": frozenset({"欧阳丹"}), "minors": frozenset({"欧阳丹"})},
        (ERROR, "minor", "欧阳丹", "欧阳*"),
    ),
    11: ("发放发放慰问品。", {}, (WARNING, "repeated", "发放发放", "发放")),
    12: ("关爱残废人。", {}, (WARNING, "outdated", "残废人", "残疾人")),
    13: (
        "在镇政府领导下开展工作。",
        {"above": ("清河区", "春华街道"), "own": "明珠社区"},
        (WARNING, "level", "镇政府", "街道办事处"),
    ),
    14: (
        "2025年3月前完成换证。",
        {"heading": "下一步工作"},
        (WARNING, "past-plan", "2025年3月", None),
    ),
    15: ("甲村3人次、乙村4人次，合计8人次。", {}, (ERROR, "sum", "8", "7")),
    16: (
        "低保户12户、重度低保户5户，合计17户。",
        {},
        (ERROR, "double", "17", "12"),
    ),
    17: (LONG, {}, (WARNING, "figureless", "", None)),
    18: ("走访残疾人家庭,了解需求。", {}, (WARNING, "punctuation", ",", "，")),
}


def found(text, *, heading="走访与服务", **facts):
    pieces = [Piece("part", heading, text)]
    return [
        (f.severity, f.rule, f.words, f.replacement)
        for f in check("明珠社区2025年工作总结", pieces, grounds(**facts))
        if f.rule != "unproven"
    ]


def test_each_number_has_its_functions_which_run():
    assert list(BY_NUMBER) == list(range(1, 19))
    run = {*IN_PASSAGES, *IN_DOCUMENT}
    assert all(rules and run.issuperset(rules) for rules in BY_NUMBER.values())


def test_the_table_of_the_package_names_each_function():
    table = re.split(r"(?m)^=+.*\n", reports.checks.__doc__)[2]
    rows = {int(n): row for n, row in re.findall(r"(?m)^ {2,3}(\d+)  (.+(?:\n {40,}.+)*)", table)}
    assert list(rows) == list(BY_NUMBER)
    for number, rules in BY_NUMBER.items():
        for rule in rules:
            assert rule.__name__ in rows[number], number
        assert rules[0].__module__.rpartition(".")[2] in rows[number], number


@pytest.mark.parametrize("number", BY_NUMBER)
def test_each_rule_has_an_example_that_it_fails(number):
    text, facts, expected = EXAMPLES[number]
    assert found(text, **facts) == [expected]


@pytest.mark.parametrize(
    ("table", "rule"), [(TABLE, "subtotal"), (WITHIN, "double")], ids=["sum", "part"]
)
def test_tables_are_added_up(table, rule):
    [(severity, told, words, _)] = found("见下表。", counted={table.title: table})
    assert (severity, told) == (ERROR, rule)
    assert words == f"{table.title}\x1f{table.headers[1]}"


@pytest.mark.parametrize(
    "total",
    [("合计", "7"), ("全期", "8"), ("平均", "3.5")],
)
def test_tables_that_add_up_or_do_not_want_to_pass(total):
    good = TableContent(TABLE.title, TABLE.note, TABLE.headers, TABLE.rows, total)
    assert found("见下表。", counted={good.title: good}) == []


def test_months_without_records_and_the_days_of_the_evidence_are_named():
    months = [Period.parse("2025-06"), Period.parse("2025-07")]
    days = {"first_day": YEAR.start, "last_day": Period.parse("2025-05").end}
    [finding] = check("总结", [], grounds(empty_months=months, **days))
    assert (finding.severity, finding.rule) == (WARNING, "coverage")
    assert "所依据的记录最早为2025年1月1日，最晚为2025年5月31日" in finding.message


def test_a_report_of_noughts_is_asked_about():
    text = "入户走访{disability.visits_home}，电话询访{disability.visits_phone}，培训{disability.trainings}。"
    nothing = dict.fromkeys(
        ("disability.visits_home", "disability.visits_phone", "disability.trainings"), 0
    )
    assert [rule for _, rule, *_ in found(text, values=nothing)] == ["noughts"]
    assert found(text) == []

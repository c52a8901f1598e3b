"""Sentences that the records tell, and what becomes of a number in them."""

import pytest

from portal.periods import Period
from reports.checks import Piece, check
from reports.checks.findings import ERROR, WARNING
from reports.tables import TableContent
from tests.reports.facts import grounds, reading

VISITS = "共走访{disability.visits}，其中入户{disability.visits_home}，覆盖率{disability.visit_coverage}。"
MARCH = "3月10日，组织残疾人3人参加“创业培训”。"
MAY = "5月11日，组织残疾人2人参加“创业培训”。"
COMPOSED = (VISITS, f"{MARCH}{MAY}", "向居民宣传助残政策。")


def findings(text, **facts):
    return check("总结", [Piece("part", "工作", text)], grounds(composed=COMPOSED, **facts))


def found(text, **facts):
    return [(f.severity, f.rule, f.words, f.replacement) for f in findings(text, **facts)]


def test_what_the_records_tell_is_not_asked_about():
    assert found(f"{VISITS}\n{MARCH}\n{MAY}") == []


def test_figures_typed_into_the_records_own_sentence_are_offered_back():
    typed = "共走访192人次，其中入户129人次，覆盖率82.1%（128/156）。"
    assert found(typed) == [(WARNING, "typed", typed, VISITS)]


@pytest.mark.parametrize(
    ("text", "instead", "said"),
    [
        (
            "共走访193人次，其中入户129人次，覆盖率82.1%（128/156）。",
            VISITS,
            "写成了193，按记录应为192",
        ),
        (
            "共走访192人次，其中入户129人次，覆盖率82.1%（128/165）。",
            VISITS,
            "写成了165，按记录应为156",
        ),
        (
            "共走访{disability.visits}，其中入户119人次，覆盖率{disability.visit_coverage}。",
            VISITS,
            "写成了119，按记录应为129",
        ),
        (
            f"{MARCH}5月11日，组织残疾人6人参加“创业培训”。",
            MAY,
            "写成了6，按记录应为2",
        ),
        (
            f"3月10日，组织残疾人３人参加“创业培训”。{MAY.replace('11', '12')}",
            MAY,
            "写成了12，按记录应为11",
        ),
    ],
)
def test_another_number_in_it_is_an_error_with_the_right_sentence(text, instead, said):
    [error] = [f for f in findings(text) if f.is_error]
    assert (error.rule, error.replacement) == ("record", instead)
    assert said in error.message


def test_of_several_sentences_alike_all_that_are_not_told_are_named():
    [error] = findings("4月1日，组织残疾人9人参加“创业培训”。")
    assert error.is_error
    assert "3月10日，组织残疾人3人" in error.message
    assert "5月11日，组织残疾人2人" in error.message


def test_one_more_sentence_of_the_kind_is_asked_about():
    more = "9月1日，组织残疾人5人参加“创业培训”。"
    assert found(f"{MARCH}{MAY}{more}", values={}) == [(WARNING, "record", more, None)]


def test_other_words_are_nobodys_sentence():
    assert found("向居民宣传助残政策，效果良好。") == []


TABLE = TableContent(
    "各社区走访情况",
    "单位：人次",
    ("单位", "走访残疾人", "入户走访"),
    (("明珠社区", "40", "25"), ("东风社区", "52", "30")),
    ("合计", "92", "55"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("明珠社区走访残疾人41人次。", [(ERROR, "table-cell", "41", "40")]),
        ("东风社区入户走访33人次。", [(ERROR, "table-cell", "33", "30")]),
        ("明珠社区走访残疾人40人次。", []),
        ("明珠社区慰问残疾人41人次。", []),
    ],
)
def test_a_number_of_a_row_is_held_against_the_table(text, expected):
    facts = {"counted": {TABLE.title: TABLE}, "values": {}}
    assert [f for f in found(text, **facts) if f[0] == ERROR] == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("整治背街小巷12处。", "整治背街小巷21处。"), [("two", "21", "12")]),
        (("全年共整治背街小巷12处。", "整治背街小巷21处。"), [("two", "21", "12")]),
        (("整治背街小巷12处。", "整治背街小巷12处。"), []),
        (("3月整治背街小巷12处。", "整治背街小巷21处。"), []),
        (("整治背街小巷12处。", "整治背街小巷21个。"), []),
        (("对视力残疾人，提供服务5次。", "对肢体残疾人，提供服务6次。"), []),
    ],
)
def test_the_same_words_with_two_numbers_are_an_error(texts, expected):
    pieces = [Piece("one", "工作", texts[0]), Piece("two", "成效", texts[1])]
    told = [f for f in check("总结", pieces, grounds(values={})) if f.is_error]
    assert [(f.section, f.words, f.replacement) for f in told] == expected


def test_a_number_beside_the_figure_of_the_same_words_is_wrong():
    pieces = [Piece("one", "工作", "整治小巷{disability.visits}。整治小巷19人次。")]
    [error] = [f for f in check("总结", pieces, grounds()) if f.is_error]
    assert (error.rule, error.words, error.replacement) == ("twice", "19", "192")


def test_a_part_of_the_period_has_a_number_of_its_own():
    def narrower(code, period, unit):
        assert period == Period.parse("2025-05")
        return reading(code, {code: 17}, period)

    def told(text):
        return [(f.severity, f.rule, f.replacement) for f in findings(text, narrower=narrower)]

    assert told("5月入户走访17人次。") == [(WARNING, "typed", None)]
    assert told("5月入户走访71人次。") == [(ERROR, "contradiction", "17人次")]
    assert told("入户走访129人次。") == [(WARNING, "typed", "{disability.visits_home}")]

"""Residents in the text: minors and the ill are never named, others by consent (§7.10 rule 10)."""

import pytest

from reports.checks import Piece, check
from reports.checks.findings import ERROR, WARNING
from tests.reports.facts import grounds

ADULT, CHILD, AGREED = "黄文发", "欧阳丹", "单小花"
PEOPLE = {
    "persons": frozenset({ADULT, CHILD, AGREED, "和平", "李明"}),
    "minors": frozenset({CHILD}),
    "consented": frozenset({AGREED, CHILD}),
    "own": "明珠社区",
    "others": frozenset({"李明社区"}),
}


def found(text):
    pieces = [Piece("part", "典型案例", text)]
    return [
        (f.severity, f.rule, f.words, f.replacement)
        for f in check("总结", pieces, grounds(**PEOPLE))
        if f.rule in {"minor", "diagnosis", "named"}
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("欧阳丹参加培训。", (ERROR, "minor", CHILD, "欧阳*")),
        ("黄文发患脑瘫多年。", (ERROR, "diagnosis", ADULT, "黄*发")),
        ("为二级残疾的黄文发办证。", (ERROR, "diagnosis", ADULT, "黄*发")),
        ("单小花患有癫痫。", (ERROR, "diagnosis", AGREED, "单*花")),  # consent does not cover that
        ("慰问黄文发家庭。", (WARNING, "named", ADULT, "黄*发")),
        ("黄文发热心公益。", (WARNING, "named", ADULT, "黄*发")),
        ("慰问居民李明。", (WARNING, "named", "李明", "李*")),
    ],
)
def test_a_name_is_masked_by_one_click(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize("name", [ADULT, CHILD, AGREED])
@pytest.mark.parametrize("text", ["{}参加培训。", "{}患脑瘫多年。", "慰问{}家庭。"])
def test_whoever_does_not_see_the_register_learns_no_more_than_that_it_is_a_name(name, text):
    pieces = [Piece("part", "典型案例", text.format(name))]
    grounds_of_stranger = grounds(**PEOPLE, persons_are_told=False)
    [told] = [f for f in check("总结", pieces, grounds_of_stranger) if f.words == name]
    assert (told.severity, told.rule) == (ERROR, "person")
    assert told.message == "文中写了人名，请核对是否可以写明。"


@pytest.mark.parametrize(
    "text",
    [
        "慰问单小花家庭。",  # who agreed
        "维护和平，促进和谐。",  # a word
        "到李明社区学习。",  # a unit
        "桃李明艳。",  # within other words
        "组织残疾儿童参加活动，其中脑瘫儿童3名。",
        "黄文发热心公益。".replace("黄文发", "有人") + "另一人患脑瘫。",
    ],
)
def test_no_name_no_finding(text):
    assert found(text) == []


def test_illness_in_another_sentence_is_not_about_the_person():
    [(severity, rule, *_)] = found("黄文发热心公益。宣传脑卒中预防知识。")
    assert (severity, rule) == (WARNING, "named")


def test_each_place_is_found_and_said_what_to_do():
    pieces = [Piece("part", "典型案例", "欧阳丹来了，欧阳丹走了。")]
    places = [f for f in check("总结", pieces, grounds(**PEOPLE)) if f.rule == "minor"]
    assert [f.start for f in places] == [0, 6]
    assert all("隐去姓名" in f.hint for f in places)

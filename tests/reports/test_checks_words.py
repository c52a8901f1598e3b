"""Words: repeated, mistaken, outdated, of the wrong level (§7.10 rules 11, 12, 13)."""

import pytest

from portal.periods import Period
from reports.checks import Piece, check
from reports.checks.terms import TERMS
from reports.checks.typos import TYPOS
from tests.reports.facts import grounds

ABOUT = {"repeated", "typo", "outdated", "level"}


def found(text, **facts):
    pieces = [Piece("part", "主要工作", text)]
    return [
        (f.rule, f.words, f.replacement)
        for f in check("总结", pieces, grounds(**facts))
        if f.rule in ABOUT
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发放发放慰问品。", ("repeated", "发放发放", "发放")),
        ("走访残疾人的的家庭。", ("repeated", "的的", "的")),
        ("把为民服务与为民服务结合起来。", ("repeated", "为民服务与为民服务", None)),
        ("做好保舰康复。", ("typo", "保舰", "保健")),
        ("因人而宜制订方案。", ("typo", "因人而宜", "因人而异")),
        ("截止目前，走访完毕。", ("typo", "截止目前", "截至目前")),
        ("为聋哑人提供翻译。", ("outdated", "聋哑人", "听力言语残疾人")),
        ("卫计委组织义诊。", ("outdated", "卫计委", "卫生健康委")),
        ("协助旅游局检查。", ("outdated", "旅游局", "文化和旅游局")),
        ("慰问五保户。", ("outdated", "五保户", "特困人员")),
        ("巩固精准扶贫成果。", ("outdated", "精准扶贫", None)),
        ("向镇党工委汇报。", ("level", "镇党工委", "镇党委")),
        ("向街道党委汇报。", ("level", "街道党委", "街道党工委")),
    ],
)
def test_the_word_is_found_and_the_right_one_offered(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "一个一个走访，研究研究再定。",
        "坚持社会主义工作方向。",
        "协助文化和旅游局检查。",
        "学习《聋哑学校办学规定》。",
        "工作好、做到位，叫做为民服务。",
        "成为为民服务的窗口。",
        "居民门口、三日内报到。",
    ],
)
def test_words_that_only_look_like_it_pass(text):
    assert found(text) == []


def test_a_summary_of_before_keeps_the_words_of_its_time():
    assert found("卫计委组织义诊。", period=Period.parse("2016")) == []


def test_the_lists_name_each_word_once_and_never_replace_it_by_itself():
    wrong = [old for old, _ in TYPOS]
    old = [term.old for term in TERMS]
    assert len(set(wrong)) == len(wrong)
    assert len(set(old)) == len(old)
    assert all(right and bad not in right for bad, right in TYPOS)
    assert all(1990 < term.since < 2030 and term.why for term in TERMS)
    right = {term.instead for term in TERMS if term.instead}
    assert not right & {*old, *wrong}


STREET = {"above": ("清河区", "春华街道"), "own": "明珠社区"}
TOWN = {"above": ("龙田县", "春和镇"), "own": "明塘村"}


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("在镇党委领导下。", STREET, [("level", "镇党委", "街道党工委")]),
        ("村委会组织走访。", STREET, [("level", "村委会", None)]),
        ("按照县委部署。", STREET, [("level", "县委", "区委")]),
        ("按照市委、区委部署。", STREET, []),
        ("街道办事处组织走访。", STREET, []),
        ("街道办事处组织走访。", TOWN, [("level", "街道办事处", None)]),
        ("居委会组织走访。", TOWN, [("level", "居委会", None)]),
        ("镇政府组织，村委会落实。", TOWN, []),
        ("按照区委部署，报区委、县委。", {}, [("level", "县委", "区委")]),
        ("镇党委和街道办事处一起走访。", {}, [("level", "镇党委", "街道党工委")]),
        ("接待外村镇居民，村镇党建。", STREET, []),
    ],
)
def test_names_of_levels_go_together(text, facts, expected):
    assert found(text, **facts) == expected

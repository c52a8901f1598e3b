"""What a text announces, it gives: as many as it says, and each of them explained."""

import pytest

from portal.periods import Period
from reports.checks import Grounds, Piece, check

GROUNDS = Grounds(Period.parse("2025"))


def findings(*texts):
    pieces = [Piece(f"part{n}", "制度落实", text) for n, text in enumerate(texts)]
    found = check("总结", pieces, GROUNDS)
    return [(f.rule, f.words) for f in found if f.rule in {"list-size", "unexplained"}]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("建立六项制度：例会、公开、承诺。", "六项制度"),
        ("落实六项制度，包括例会制度、公开制度、承诺制度。", "六项制度"),
        ("就办结时限、收费标准、服务态度、服务质量、承办内容等七个方面作出承诺。", "七个方面"),
        ("例会有五项内容：通报情况；总结成绩；查找不足；分析症结。", "五项内容"),
        ("抓好3个环节：一是受理，二是办理。", "3个环节"),
        ("实行十二项公开：时限、收费。", "十二项公开"),
    ],
)
def test_fewer_than_announced_are_found(text, words):
    assert findings(text) == [("list-size", words)]


@pytest.mark.parametrize(
    "text",
    [
        "建立六项制度：例会、公开、承诺、限时办结、考核评议和责任追究。",
        "抓好受理、办理、回复三个环节。",
        "例会有五项内容：通报情况；总结成绩；查找不足；分析症结；解决问题。",
        "建立六项制度，逐项落实。",
        "第三个方面：公开、承诺。",
        "拓展服务分三类，政策宣传占一半。",
        "设六站两室，负责人任成员。",
        "二十三项任务：走访、调查。",
        "开展{servicecenter.accepted}三项工作：宣传、走访和调解。",
        "二是公开、承诺。",
        "发布信息6条：市级2条、区级4条。",
    ],
)
def test_what_is_complete_or_no_list_passes(text):
    assert findings(text) == []


MOTTO = "按照“一个回路、两个拓展、三个延伸”的思路开展工作。"


def test_a_part_of_a_motto_that_is_nowhere_explained_is_found():
    told = "形成受理、办理、回复的封闭回路。", "横向拓展和纵向拓展。"
    assert findings(MOTTO, *told) == [("unexplained", "三个延伸")]
    assert findings(MOTTO, *told, "服务向楼栋、单位、家庭延伸。") == []


def test_one_announcement_is_no_motto():
    assert findings("抓好三个延伸。") == []

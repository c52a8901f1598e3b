"""Punctuation, numerals and the marks of levels (§7.10 rule 18; GB/T 15834, GB/T 15835, GB/T 9704)."""

import pytest

from reports.checks import Piece, check
from reports.checks.findings import WARNING
from tests.reports.facts import grounds

ABOUT = {"punctuation", "numbering", "heading", "firstly"}


def found(text, heading="主要工作"):
    pieces = [Piece("part", heading, text)]
    return [f for f in check("总结", pieces, grounds()) if f.rule in ABOUT]


def mended(text):
    """All replacements in place, from the end, so that offsets stay."""
    for finding in sorted(found(text), key=lambda f: -f.start):
        if finding.replacement is not None:
            text = finding.mended(text)
    return text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # marks
        ("走访家庭,了解需求;解决困难。", "走访家庭，了解需求；解决困难。"),
        ("内容:政策宣传(含入户)!", "内容：政策宣传（含入户）！"),
        ("走访家庭.", "走访家庭。"),
        ('开展"助残"活动。', "开展“助残”活动。"),
        ("以“讲好“助残”故事”为主题。", "以“讲好‘助残’故事”为主题。"),
        ("走访、慰问、帮扶...", "走访、慰问、帮扶……"),
        ("走访、慰问…等。", "走访、慰问……等。"),
        ("走访、慰问。。。", "走访、慰问……"),
        ("助残―共同的事业。", "助残——共同的事业。"),
        ("助残--共同的事业。", "助残——共同的事业。"),
        ("走访，，慰问。", "走访，慰问。"),
        ("走访家庭，。", "走访家庭。"),
        ("走访家庭。，慰问。", "走访家庭。慰问。"),
        ("印发（残疾人工作实施方案）。", "印发《残疾人工作实施方案》。"),
        ("落实“残疾预防和残疾人康复条例”。", "落实《残疾预防和残疾人康复条例》。"),
        ("坚持入户走访，了解残疾人的需求", "坚持入户走访，了解残疾人的需求。"),
        # numerals
        ("面向16-35岁残疾人。", "面向16～35岁残疾人。"),
        ("完成63-68%。", "完成63%～68%。"),
        ("25年度工作。", "2025年度工作。"),
        ("街办[2025]012号文件。", "街办〔2025〕12号文件。"),
        ("街办〔2025〕12号文件。", "街办〔2025〕12号文件。"),
        ("上门三、四次。", "上门三四次。"),
        ("二〇二五年工作。", "2025年工作。"),
        # levels
        ("一.加强领导", "（一）加强领导"),
        ("一、加强领导", "（一）加强领导"),
        ("(一)加强领导", "（一）加强领导"),
        ("（一）、加强领导", "（一）加强领导"),
        ("1、加强领导", "1.加强领导"),
        ("1．加强领导", "1.加强领导"),
        ("（一）走访\n（三）慰问", "（一）走访\n（二）慰问"),
        ("1.走访\n3.慰问", "1.走访\n2.慰问"),
        ("（一）加强领导。", "（一）加强领导"),
        # 一是…；二是…
        ("一是走访，二是慰问。", "一是走访；二是慰问。"),
        ("一是走访；三是慰问。", "一是走访；二是慰问。"),
    ],
)
def test_one_click_puts_the_right_mark_in_place(text, right):
    assert mended(text) == right
    assert all(f.severity == WARNING for f in found(text))
    assert found(right) == []


@pytest.mark.parametrize(
    "text",
    [
        "走访1,290人次，14:30开始，比例1:2。",
        "见网址http://example.test/a,b?c=1。",
        "参加GB/T 9704-2012培训,共{disability.trainings}。".replace(",", "，"),
        "（一）加强领导。成立领导小组，落实责任。",
        "1.走访困难家庭2户。",
        "（一）走访\n1.入户\n（1）登记\n（2）建档\n2.电话\n（二）慰问",
        "1.走访\n2.慰问",
        "一是走访。二是慰问。",
        "一是走访。二是慰问。\n三是培训。四是宣传。",
        "分一、二、三级管理。",
        "第三、四季度开展检查。",
        "街道——社区——网格三级。",
        "残疾人之家（新市南路96号，面积100㎡）已开放。",
        "走访家庭{disability.visits}。",
        "2024—2025年。",
    ],
)
def test_what_is_right_passes(text):
    assert found(text) == []


def test_a_level_that_is_skipped_is_said():
    [finding] = found("（1）走访")
    assert (finding.rule, finding.replacement) == ("numbering", None)


def test_a_heading_ends_without_a_mark():
    [finding] = found("走访家庭。", heading="主要工作。")
    assert (finding.rule, finding.words) == ("heading", "")


def test_marks_within_a_figure_or_a_table_are_left_alone():
    text = "走访{disability.visits_home},慰问。\n{table:各月工作量}"
    [finding] = found(text)
    assert finding.mended(text) == "走访{disability.visits_home}，慰问。\n{table:各月工作量}"

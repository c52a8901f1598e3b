"""Findings that are known again, numbers without a record, and how long a check takes."""

import time

import pytest

from portal.figures import Flow, figures
from reports.checks import Piece, check
from reports.checks.findings import WARNING
from tests.reports.facts import grounds

RIGHT = "入户走访129人次，电话询访63人次。"
WRONG = "全年入户走访119人次。"


def first(text, key="part", before=""):
    pieces = [Piece("zero", "导语", before), Piece(key, "工作", text)]
    return next(f for f in check("总结", pieces, grounds()) if f.is_error)


def test_an_answered_finding_is_known_again_while_other_text_changes():
    answered = first(WRONG).answer_key
    assert first(f"{RIGHT}\n{WRONG}").answer_key == answered
    assert first(f"{WRONG}\n{RIGHT}", before="改写的导语。").answer_key == answered


def test_other_words_beside_it_or_another_part_ask_anew():
    answered = first(WRONG).answer_key
    assert first(WRONG.replace("119", "118")).answer_key != answered
    assert first(WRONG.replace("全年", "上半年")).answer_key != answered
    assert first(WRONG, key="other").answer_key != answered


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("整治小巷12处。", ["12处"]),
        ("栽种花苗3000余株。", ["3000余"]),
        ("张贴海报20张，投入约1.2万元。", ["20", "约1.2万元"]),
        ("慰问5户家庭。", ["5户"]),
    ],
)
def test_each_number_without_a_record_is_asked_for_its_source(text, words):
    told = [f for f in check("总结", [Piece("part", "工作", text)], grounds()) if f.words]
    assert [(f.severity, f.rule) for f in told] == [(WARNING, "unproven")] * len(words)
    assert [f.words for f in told] == words
    assert all(f.hint for f in told)


@pytest.mark.parametrize(
    "text",
    [
        "3月10日至12日，第3次会议。",
        "1.走访\n2.慰问",
        "1.走访\n（1）入户",
        "印发春街〔2025〕12号文件。",
        "拨打12345热线，24小时值班。",
        "面向16～35岁、60周岁以上居民。",
        "5个工作日内答复。",
        "参照GB/T 9704执行。",
        "住3栋2单元。",
        "学习《100天行动方案》，以“100分服务”为主题。",
        "走访{disability.visits}。",
    ],
)
def test_dates_ordinals_limits_and_fixed_words_are_no_counts(text):
    assert [f.words for f in check("总结", [Piece("part", "工作", text)], grounds())] == []


SENTENCES = (
    "全年入户走访129人次、电话询访63人次，合计192人次，走访覆盖率为82.1%（128/156）。"
    "5月18日，围绕第35次全国助残日开展宣传,发放宣传资料200份；慰问困难家庭约20户（含低保8户）。"
)


def test_four_thousand_characters_against_all_figures_take_less_than_half_a_second():
    counted = {f.code: 7 for f in figures if isinstance(f, Flow)}
    codes = dict(list(counted.items())[:400])
    pieces = [Piece(f"part{n}", "工作", SENTENCES * 3) for n in range(13)]
    assert sum(len(piece.text) for piece in pieces) > 3900
    facts = grounds(values=codes, composed=[SENTENCES.replace("129", "{disability.visits_home#}")])
    begun = time.process_time()
    check("总结", pieces, facts)
    assert time.process_time() - begun < 0.5

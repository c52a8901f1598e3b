"""The checker: what it marks, what it offers, and what it leaves alone."""

import pytest

from portal.periods import Period
from reports.checks import Piece, check
from reports.checks.findings import ERROR, WARNING
from tests.reports.facts import grounds

TEXT = (
    "全年入户走访129人次、电话询访63人次，合计192人次，走访覆盖率为82.1%（128/156）。"
    "为5名困难残疾人申请医保资助，慰问残疾人1人次。组织培训2次，参训3名残疾人。"
    "5月18日，围绕第35次全国助残日开展宣传，发放宣传资料200份。"
)


def findings(text, title="明珠社区2025年残疾人工作总结", heading="走访与服务", **fields):
    found = check(title, [Piece("visits", heading, text)], grounds(**fields))
    return found


# Snippets end without a full stop, and tell numbers of no figure; other tests are about that.
ASIDE = {"unproven", "punctuation"}


def brief(text, **fields):
    found = [f for f in findings(text, **fields) if f.rule not in ASIDE]
    return [(f.severity, f.rule, f.words, f.replacement) for f in found]


def test_text_of_tokens_alone_has_no_finding():
    text = (
        "共走访{disability.visits}，其中入户{disability.visits_home}。\n"
        "参训{disability.trainees#}名，覆盖率为{disability.visit_coverage}。"
    )
    assert brief(text) == []


def test_typed_numbers_that_are_right_are_only_reminders_with_the_token():
    found = brief(TEXT)
    assert [severity for severity, *_ in found] == [WARNING] * 9
    assert [(words, token) for _, _, words, token in found] == [
        ("129人次", "{disability.visits_home}"),
        ("63人次", "{disability.visits_phone}"),
        ("192人次", "{disability.visits}"),
        ("82.1%（128/156）", "{disability.visit_coverage}"),
        ("5", "{disability.insurance#}"),
        ("1人次", "{disability.assistance}"),
        ("2次", "{disability.trainings}"),
        ("3", "{disability.trainees#}"),
        ("200份", "{disability.handouts}"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a contradiction, in the forms that clerks type
        ("入户走访119人次", (ERROR, "contradiction", "119人次", "{disability.visits_home}")),
        ("入户走访１１９人次", (ERROR, "contradiction", "１１９人次", "{disability.visits_home}")),
        ("入户走访 1,290 人次", (ERROR, "contradiction", "1,290 人次", "{disability.visits_home}")),
        ("电话询访次数为36人次", (ERROR, "contradiction", "36人次", "{disability.visits_phone}")),
        ("参训残疾人4名", (ERROR, "contradiction", "4", "{disability.trainees#}")),
        ("为6名残疾人办理医保", (ERROR, "contradiction", "6", "{disability.insurance#}")),
        ("发放宣传单0.3万份", (ERROR, "contradiction", "0.3万份", "{disability.handouts}")),
        ("发放宣传单300余份", (ERROR, "contradiction", "300余份", "{disability.handouts}")),
        # a part of the whole is asked about, not refused; the figure itself, or more, is refused
        ("走访残疾人，其中入户独居29人次", (WARNING, "part", "29人次", "{disability.visits_home}")),
        (
            "走访残疾人，其中入户29人次",
            (ERROR, "contradiction", "29人次", "{disability.visits_home}"),
        ),
        (
            "走访残疾人，其中入户独居131人次",
            (ERROR, "contradiction", "131人次", "{disability.visits_home}"),
        ),
        # about numbers
        ("发放宣传单200余份", (WARNING, "vague", "200余份", "{disability.handouts}")),
        ("发放宣传单约200份", (WARNING, "vague", "约200份", "{disability.handouts}")),
        ("入户走访120多人次", (WARNING, "vague", "120多人次", "{disability.visits_home}")),
        # sums
        ("甲村3人次、乙村4人次，合计8人次", (ERROR, "sum", "8", "7")),
        # percentages
        ("满意率97%", (ERROR, "percent-alone", "97%", None)),
        ("办结率97%（468/570）", (ERROR, "percent-wrong", "97%", "82.1%")),
        ("受理570件，办结468件，办结率97%", (ERROR, "percent-wrong", "97%", "82.1%")),
        ("办结率82.1%（486/570）", (ERROR, "percent-wrong", "82.1%", "85.3%")),
        ("覆盖率92.1%", (ERROR, "contradiction", "92.1%", "{disability.visit_coverage}")),
        (
            "覆盖率82.1%（128/165）",
            (ERROR, "percent-wrong", "82.1%", "77.6%"),
        ),
        # words
        ("2024年共走访", (WARNING, "year", "2024年", None)),
        ("慰问××户", (ERROR, "placeholder", "××", None)),
        ("20xx年", (ERROR, "placeholder", "20xx", None)),
        ("举办“”培训", (ERROR, "placeholder", "“”", None)),
        (
            "第19次全国助残日",
            (ERROR, "theme-day", "第19次全国助残日", "第35次全国助残日"),
        ),
        ("共{残疾人走访人数}人", (ERROR, "token", "{残疾人走访人数}", "{disability.visits}")),
        ("{zzzz}", (ERROR, "token", "{zzzz}", None)),
        ("{table:没有的表}", (ERROR, "table", "{table:没有的表}", None)),
        ("见{table:各月工作量}", (ERROR, "table", "{table:各月工作量}", None)),
    ],
)
def test_one_fault_gives_one_finding(text, expected):
    assert brief(text, tables=frozenset({"各月工作量"})) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "3月10日，召开第3次会议，历时12个月，编号〔2025〕12号，14:30开始。",
        "1.走访\n2.慰问",
        "与2024年相比有所增加",
        "2026年计划继续走访",
        "受理570件，办结468件，办结率82.1%。",
        "办结率为82.1%（468/570），比上年提高3.2个百分点。",
        "满意率97.0%（454件/468件）",
        "设有3×4米宣传栏1个",
        "甲村3人次、乙村4人次，合计7人次",
        "{table:各月工作量}",
        "慰问5户家庭",
    ],
)
def test_text_without_fault_has_no_finding(text):
    assert brief(text, tables=frozenset({"各月工作量"})) == []


def test_typed_sum_behind_tokens_is_added_up():
    text = "入户{disability.visits_home}、电话{disability.visits_phone}，合计191人次"
    assert brief(text) == [(ERROR, "sum", "191", "192")]


def test_next_year_is_left_alone_only_where_something_is_planned():
    assert brief("2026年做好走访", heading="下一步工作计划") == []
    assert [rule for _, rule, *_ in brief("2026年做好走访")] == ["year"]


def test_title_is_checked_for_the_year_of_an_old_draft():
    [finding] = findings("", title="明珠社区2024年残疾人工作总结")
    assert (finding.rule, finding.section, finding.words) == ("year", "title", "2024年")


def test_length_counts_printed_characters():
    def found(text):
        return [(f.severity, f.rule) for f in findings(text) if f.rule != "figureless"]

    assert found("文" * 3995) == []  # and five of the heading
    assert found("文" * 3996) == [(WARNING, "length")]


def test_months_without_record_are_named():
    months = [Period.parse("2025-06"), Period.parse("2025-07")]
    [finding] = findings("", empty_months=months)
    assert (finding.severity, finding.rule) == (WARNING, "coverage")
    assert finding.message.startswith("2025年6月、2025年7月没有任何记录")


def test_character_without_typeface_is_an_error():
    [finding] = findings("居民\U000323af某", unprintable=frozenset({"\U000323af"}))
    assert (finding.severity, finding.rule, finding.words) == (ERROR, "glyph", "\U000323af")
    assert "U+323AF" in finding.message


def test_replacement_goes_where_the_words_stand():
    text = "入户走访119人次，电话询访63人次。"
    finding = findings(text)[0]
    assert finding.mended(text) == "入户走访{disability.visits_home}，电话询访63人次。"
    with pytest.raises(ValueError, match="no replacement"):
        finding.mended("今年" + text)


def digits_of(text):
    """Every digit of every number that has a figure, and those of the year's ordinal."""
    dated = {
        i for mark in ("5月18日",) for i in range(text.find(mark), text.find(mark) + len(mark))
    }
    return [i for i, character in enumerate(text) if character.isdecimal() and i not in dated]


@pytest.mark.parametrize("place", digits_of(TEXT))
def test_any_changed_digit_is_caught(place):
    """Of the nine other digits at each place, every one makes an error that was not there."""
    for digit in set("0123456789") - {TEXT[place]}:
        mutated = TEXT[:place] + digit + TEXT[place + 1 :]
        errors = [f for f in findings(mutated) if f.is_error]
        assert errors, mutated


def test_near_misses_of_the_patterns_stay_linear():
    for near in ("1," * 10_000, "{" * 20_000, "约" * 20_000, "第一" * 10_000, "9" * 20_000):
        findings(near)

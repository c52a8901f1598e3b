"""Composing: the same records give the same words, and nothing is told of nothing."""

from datetime import date

import pytest

from portal.periods import Period
from portal.scope import OutOfScope
from portal.summaries import FigureTable, Narrative, Outline, Part, Sentence, Telling, outlines
from reports.compose import compose
from reports.facts import empty_months, facts_for
from reports.layout import lay_out
from reports.numbering import chinese_number, numbered
from tests import factories
from tests.reports.conftest import HOME, PHONE, YEAR

FIGURE, OTHER = "disability.visits", "disability.handouts"


@pytest.fixture
def declare(monkeypatch):
    """``declare(*paragraphs)``: an outline Z of parts a, b, c with these paragraphs alone."""

    def add(*paragraphs, lead="甲"):
        parts = (Part("a", lead), Part("b", "乙"), Part("c", "丙"))
        outline = Outline("Z", "试验总结", "disability", parts)
        outlines.get("Z")  # discover first, so that the patched copies hold what apps declare
        monkeypatch.setattr(outlines, "_found", outlines._found | {"Z": outline})
        monkeypatch.setattr(outlines, "paragraphs", [*outlines.paragraphs, *paragraphs])
        return outline

    return add


def text_of(acting, unit, outline, period=YEAR):
    with acting(unit):
        draft = compose(outline, unit, period)
        texts = [section.text for section in draft.sections]
        facts = facts_for(outline, draft.telling, texts)
        sections = [(s.key, s.heading, s.text) for s in draft.sections]
        return str(lay_out(draft.title, sections, facts.values, facts.tables))


@pytest.mark.usefixtures("year_of_records")
def test_year_of_records_is_told_with_its_numbers(acting, community, outline):
    lines = text_of(acting, community, outline).split("\n")
    assert lines[0] == "明珠社区2025年残疾人工作总结"
    assert f"共走访残疾人{HOME + PHONE}人次，其中入户走访{HOME}人次" in "".join(lines)
    assert [line[:2] for line in lines if line[1:2] == "、"] == [
        f"{number}、" for number in "一二三四五六七八"
    ]


@pytest.mark.usefixtures("year_of_records")
def test_same_records_give_the_same_draft(acting, community, outline):
    with acting(community):
        drafts = [compose(outline, community, YEAR) for _ in range(2)]
    assert drafts[0] == drafts[1]


def test_sentence_is_dropped_when_all_its_figures_are_zero(declare, acting, community):
    outline = declare(
        Sentence("Z", "a", 1, "走访{disability.visits}。", (FIGURE,)),
        Sentence("Z", "b", 1, "不论如何。"),
        Sentence("Z", "b", 2, "两项之一。", (FIGURE, OTHER)),
    )
    assert text_of(acting, community, outline) == "\n".join(
        ["明珠社区2025年试验总结", "一、乙", "不论如何。"]
    )


def test_sentence_is_told_when_one_of_its_figures_is_not_zero(declare, acting, community):
    outline = declare(Sentence("Z", "c", 1, "两项之一。", (FIGURE, OTHER)))
    with acting(community):
        factories.handout(community, 10)
    assert text_of(acting, community, outline).endswith("一、丙\n两项之一。")


def test_sentences_join_and_records_stand_alone_in_their_order(declare, acting, community):
    outline = declare(
        Narrative("Z", "a", 2, lambda telling: ["三月\n的事。", "  ", "五月的事。"]),
        Sentence("Z", "a", 1, "第一句。"),
        Sentence("Z", "a", 3, "第二句。"),
        Sentence("Z", "a", 4, "第三句。"),
        lead="",
    )
    assert text_of(acting, community, outline).split("\n")[1:] == [
        "第一句。",
        "三月 的事。",
        "五月的事。",
        "第二句。第三句。",
    ]


def test_narrative_is_told_for_whom_and_when(declare, acting, community):
    asked = []
    outline = declare(Narrative("Z", "a", 1, lambda telling: asked.append(telling) or []))
    with acting(community):
        compose(outline, community, YEAR)
        assert asked == [Telling.of(community, YEAR)]


def test_table_by_month_has_a_row_for_each_month_and_its_total(declare, acting, community):
    outline = declare(FigureTable("Z", "a", 1, "分月", (FIGURE, "disability.visited_persons")))
    with acting(community):
        person = factories.resident(community)
        factories.visit(person, date(2025, 3, 1))
        factories.visit(person, date(2025, 3, 31))
        factories.visit(person, date(2025, 6, 1))
        draft = compose(outline, community, Period.parse("2025H1"))
        facts = facts_for(outline, draft.telling, [draft.sections[0].text])
    table = facts.tables["分月"]
    assert table.headers == ("月份", "残疾人走访人次", "走访残疾人数（人）")
    assert table.note == "单位：人次（另有注明的除外）"
    assert table.rows == (
        ("1月", "0", "0"),
        ("2月", "0", "0"),
        ("3月", "2", "1"),
        ("4月", "0", "0"),
        ("5月", "0", "0"),
        ("6月", "1", "1"),
    )
    assert table.total == ("全期", "3", "1")  # one person, so not the sum


def test_table_of_zeros_is_left_out(declare, acting, community):
    outline = declare(FigureTable("Z", "a", 1, "分月", (FIGURE,)))
    assert text_of(acting, community, outline) == "明珠社区2025年试验总结"


def test_street_is_told_with_its_communities(
    declare, acting, street, community, other_community, other_street
):
    outline = declare(FigureTable("Z", "a", 1, "各社区", (FIGURE, OTHER), by="unit"))
    with acting(street):
        factories.visit(factories.resident(community))
        for _ in range(2):
            factories.visit(factories.resident(other_community))
        factories.handout(street, 30)
        draft = compose(outline, street, YEAR)
        facts = facts_for(outline, draft.telling, [draft.sections[0].text])
    assert draft.title == "春华街道2025年试验总结"
    table = facts.tables["各社区"]
    assert table.rows == (("明珠社区", "1", "0"), ("和平社区", "2", "0"), ("本级", "0", "30"))
    assert table.total == ("合计", "3", "30")


def test_community_has_no_table_by_unit(declare, acting, community):
    outline = declare(FigureTable("Z", "a", 1, "各社区", (OTHER,), by="unit"))
    with acting(community):
        factories.handout(community, 30)
    assert text_of(acting, community, outline) == "明珠社区2025年试验总结"


def test_foreign_unit_is_refused(acting, community, other_community, outline):
    with acting(community), pytest.raises(OutOfScope):
        compose(outline, other_community, YEAR)


@pytest.mark.usefixtures("year_of_records")
def test_months_without_record_are_found(acting, community, outline):
    with acting(community):
        facts = facts_for(outline, Telling.of(community, YEAR), [])
        months = [month.key for month in empty_months(facts)]
    assert months == ["2025-08", "2025-09", "2025-10", "2025-11", "2025-12"]


def test_part_numbers_are_chinese_and_skip_the_lead_in():
    assert numbered(["", "甲", "乙"]) == ["", "一、甲", "二、乙"]
    assert [chinese_number(n) for n in (1, 10, 11, 20, 21, 99)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
    ]
    with pytest.raises(ValueError, match="100"):
        chinese_number(100)

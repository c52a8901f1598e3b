"""Which residents does a text name: by whole names, minors and consents with them."""

from datetime import date

import pytest

from portal.people_named import Named, people_named
from residents.people_named import candidates
from tests import factories

DAY = date(2025, 12, 31)
CHILD = date(2015, 6, 1)


def test_candidates_are_what_may_be_a_name():
    found = candidates("慰问欧阳丹、阿卜杜·买买提。")
    assert {"欧阳丹", "欧阳", "阿卜杜·买买提"} <= found
    assert "欧" not in found
    assert not any("、" in each or "。" in each for each in found)


def test_spaces_between_the_characters_hide_no_name():
    assert "张三" in candidates("慰问张　三。")
    assert {"欧阳丹", "李四"} <= candidates("慰问欧 阳 丹、李四。")


@pytest.fixture
def people(acting, community):
    with acting(community):
        agreed = factories.resident(community, "单小花")
        factories.consent(agreed, purpose="典型案例公开宣传")
        factories.consent(factories.resident(community, "黄文发"))  # to something else
        factories.resident(community, "欧阳丹", born_on=CHILD)
        factories.resident(community, "阿卜杜·买买提")
        factories.resident(community, "陈刚")


def named(acting, unit, text, day=DAY):
    with acting(unit):
        return list(people_named([unit.pk], text, day))


def test_names_in_the_text_are_told_with_age_and_consent(acting, community, people):
    text = "慰问黄文发、单小花，辅导欧阳丹，走访阿卜杜·买买提。"
    assert named(acting, community, text) == [
        Named("单小花", consented=True),
        Named("欧阳丹", is_minor=True),
        Named("阿卜杜·买买提"),
        Named("黄文发"),
    ]


def test_a_text_without_names_names_nobody(acting, community, people):
    assert named(acting, community, "共走访残疾人192人次。") == []


def test_of_namesakes_the_strictest_holds(acting, community, people):
    with acting(community):
        factories.resident(community, "单小花", born_on=CHILD)
    assert named(acting, community, "单小花") == [Named("单小花", is_minor=True)]


def test_somebody_is_grown_up_on_the_eighteenth_birthday(acting, community, people):
    assert named(acting, community, "欧阳丹", date(2033, 5, 31)) == [Named("欧阳丹", is_minor=True)]
    assert named(acting, community, "欧阳丹", date(2033, 6, 1)) == [Named("欧阳丹")]


def test_a_consent_taken_back_is_none(acting, community, people):
    with acting(community):
        person = factories.resident(community, "林立")
        factories.consent(person, purpose="公开报道", withdrawn_on=date(2025, 6, 1))
    assert named(acting, community, "林立") == [Named("林立")]
    assert named(acting, community, "林立", date(2025, 5, 31)) == [Named("林立", consented=True)]


def test_residents_of_other_units_are_not_told(acting, community, other_community, people):
    assert named(acting, other_community, "黄文发") == []

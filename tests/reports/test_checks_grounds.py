"""What the checker is told of a real draft: by the records, the register, the tree and other summaries."""

from datetime import date

import pytest

from portal.figures import figures
from portal.periods import Period
from portal.roles import Role
from portal.summaries import Telling, outlines
from reports import services
from reports.checks import Piece
from reports.facts import facts_for
from reports.grounds import NARROWEST, grounds_of
from reports.others import former, told_elsewhere
from tests import factories
from tests.reports.conftest import YEAR


@pytest.fixture
def judged(acting, community, outline, year_of_records):
    """The grounds, and the findings, of a text about the year."""

    def read(text, title="总结", user=community):
        with acting(user):
            pieces = [Piece("visits", "走访与服务", text)]
            facts = facts_for(outline, Telling.of(community, YEAR), [text])
            found = services.findings_of(title, pieces, facts)
            return grounds_of(title, pieces, facts), [
                (f.rule, f.words) for f in found if f.is_error
            ]

    return read


def test_the_sentence_of_the_records_is_known_again(judged):
    grounds, errors = judged(
        "坚持入户走访与电话询访相结合，共走访残疾人11人次，其中入户走访7人次。"
    )
    assert any("{disability.visits}" in line for line in grounds.composed)
    assert ("disability.visits_home", "其中入户走访") not in grounds.phrases
    assert ("disability.visits_home", "入户走访") in grounds.phrases
    assert errors == []


def test_a_wrong_number_in_free_words_is_an_error(judged):
    _, errors = judged("全年入户走访9人次。")
    assert errors == [("contradiction", "9人次")]


def test_a_day_a_month_and_a_unit_have_numbers_of_their_own(judged, acting, community):
    grounds, errors = judged("5月入户走访1人次。")
    assert errors == []
    assert judged("5月入户走访3人次。")[1] == [("contradiction", "3人次")]
    may, home = Period.parse("2025-05"), "disability.visits_home"
    with acting(community):
        assert grounds.narrower(home, may, "").value == 1
        assert grounds.narrower(home, None, community.name).value == 7
        assert grounds.narrower(home, None, "没有这个社区") is None


def test_parts_are_read_once_and_not_without_end(judged, django_assert_num_queries):
    grounds, _ = judged("走访。")
    may = Period.parse("2025-05")
    with django_assert_num_queries(0):
        assert grounds.narrower("no.figure", may, "") is None
    for number in range(NARROWEST + 5):
        grounds.narrower("no.figure", may, str(number))
    assert grounds.narrower("disability.visits", may, "") is None


def test_parts_of_other_departments_figures_are_read_only_where_the_text_tells_them(
    judged, acting, community
):
    may = Period.parse("2025-05")
    other = next(each.code for each in figures if each.domain not in outlines["A"].domains)
    with acting(community):
        assert judged("走访。")[0].narrower(other, may, "") is None
        assert judged(f"活动{{{other}}}。")[0].narrower(other, may, "") is not None


def test_names_are_neutral_for_whoever_does_not_see_the_register(
    acting, make_user, community, year_of_records
):
    inspector = make_user(Role.SANITATION_INSPECTOR, community)
    head = make_user(Role.COMMUNITY_HEAD, community)
    pieces = [Piece("visits", "走访", "表扬黄文发。")]

    def rules(user):
        with acting(community):
            facts = facts_for(outlines["G"], Telling.of(community, YEAR), [pieces[0].text])
            found = services.findings_of("总结", pieces, facts, by=user)
            return {f.rule for f in found if f.words == "黄文发"}

    assert rules(inspector) == {"person"}
    assert rules(head) == rules(None) == {"named"}


def test_minors_of_the_register_are_not_named(judged, acting, community):
    with acting(community):
        factories.resident(community, "欧阳小丹", born_on=date(2016, 1, 1))
    grounds, errors = judged("辅导欧阳小丹学习，慰问黄文发。")
    assert grounds.minors == {"欧阳小丹"}
    assert grounds.persons == {"欧阳小丹", "黄文发"}
    assert errors == [("minor", "欧阳小丹")]


def test_names_of_the_tree_are_sorted_by_where_they_stand(judged, other_community, street):
    text = f"{other_community.name}组织走访。"
    grounds, errors = judged(text)
    assert grounds.above == (street.parent.name, street.name)
    assert grounds.others == {other_community.name}
    assert errors == [("other-unit", other_community.name)]


def test_help_without_an_amount_is_asked_about(judged, acting, community):
    assert "disability.assistance_without_amount" in outlines.unmeasured_of("A")
    with acting(community):
        factories.assistance(factories.resident(community, "林立"), amount=None)
    grounds, _ = judged("慰问残疾人。")
    [code] = [c for c in grounds.unmeasured if grounds.readings[c].value]
    assert code == "disability.assistance_without_amount"


def test_the_days_of_the_evidence_are_told_with_empty_months(judged):
    grounds, _ = judged("共走访{disability.visits}。")
    assert grounds.empty_months[0] == Period.parse("2025-08")
    assert grounds.first_day == date(2025, 1, 6)
    assert grounds.last_day == date(2025, 7, 6)


def test_an_issue_of_the_year_is_the_next_years_former(acting, community, outline, issue, head):
    with acting(head):
        [last] = former(outline, Telling.of(community, Period.parse("2026")))
        assert last.title == issue.content["title"]
        assert any("入户走访7人次" in line for line in last.lines)
        assert former(outline, Telling.of(community, YEAR)) == []


def test_other_summaries_of_the_department_are_read_and_this_one_is_not(
    acting, community, outline, draft, head
):
    with acting(head):
        half = Telling.of(community, Period.parse("2025H1"))
        [other] = told_elsewhere(outline, half)
        assert other.title == draft.title
        assert told_elsewhere(outline, Telling.of(community, YEAR)) == []
        assert told_elsewhere(outline, Telling.of(community, Period.parse("2024"))) == []
        assert told_elsewhere(outlines["G"], half) == []

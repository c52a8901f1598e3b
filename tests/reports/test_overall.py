"""Outline H: a street's departments rolled up by community, with ranks and change against the year before."""

from datetime import date

import pytest

from portal.models import UnitGroup
from portal.periods import Period
from portal.roles import Role
from portal.scope import Denied
from portal.summaries import FigureTable, Telling, outlines
from reports import services
from reports.compose import compose
from reports.facts import facts_for
from reports.layout import lay_out
from reports.models import Summary
from reports.permissions import drafting_outlines
from reports.tables import tabulate
from servicecenter.enums.cases import CaseState
from tests import factories
from tests.factories import cases
from tests.reports.signing import sign_figures

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
H = outlines["H"]
COVERAGE = "disability.visit_coverage"


def table_of(telling, **options):
    options = {"by": "unit", "rank": COVERAGE, "compare": True} | options
    return tabulate(
        FigureTable("Z", "a", 1, "各社区", ("disability.visits", COVERAGE), **options), telling
    )


def seen(community, visited, registered, year=2025):
    """As many registered disabled persons, of whom some were visited."""
    for number in range(registered):
        person = factories.resident(community)
        factories.disability_file(person)
        if number < visited:
            factories.visit(person, date(year, 3, 10))


# --- ranks and change -----------------------------------------------------------------------------------
def test_equal_shares_share_a_place_and_few_or_none_have_no_place(
    acting, street, community, other_community, more_communities
):
    third, fourth, fifth, sixth = more_communities(4)
    with acting(street):
        seen(community, 3, 5)
        seen(other_community, 5, 5)
        seen(third, 6, 10)
        seen(fourth, 0, 5)
        seen(fifth, 3, 3)  # all of three: too few to be ranked
        table = table_of(Telling.of(street, YEAR), sample=5)
    assert table.headers == ("单位", "残疾人走访人次", "走访覆盖率（%）", "名次")
    assert [row[-1] for row in table.rows] == ["2", "1", "2", "4", "—", "—"]
    assert table.rows[5][1:] == ("0", "—", "—")
    assert table.total[-1] == "—"
    assert sixth.pk  # the last has no records at all


def test_change_stands_against_the_same_span_a_year_before(
    acting, street, community, other_community
):
    with acting(street):
        seen(community, 2, 5, year=2024)
        seen(community, 3, 5)
        seen(other_community, 1, 5)
        telling = Telling.of(street, YEAR)
        count = table_of(telling, rank="disability.visits")
        share = table_of(telling)
        half = table_of(Telling.of(street, Period.parse("2025H1")))
    assert count.headers[-2:] == ("名次", "比上年增减")
    assert [row[-1] for row in count.rows] == ["1", "1"]
    assert count.total[-1] == "2"
    assert share.headers[-1] == "比上年增减（百分点）"
    assert half.headers[-1] == "比上年同期增减（百分点）"


def test_without_a_year_before_nothing_is_compared(acting, street, community):
    with acting(street):
        seen(community, 3, 5)
        assert "比" not in "".join(table_of(Telling.of(street, YEAR)).headers)


# --- the outline ----------------------------------------------------------------------------------------
@pytest.fixture
def year(acting, street, community, other_community):
    with acting(street):
        seen(community, 3, 5)
        seen(other_community, 1, 5)
        factories.household(community)
        cases.case(community, CaseState.REPLIED)
        cases.case(other_community, CaseState.REPLIED)


def words_of(unit, group=None, period=YEAR):
    draft = compose(H, unit, period, group)
    texts = [section.text for section in draft.sections]
    facts = facts_for(H, draft.telling, texts)
    sections = [(s.key, s.heading, s.text) for s in draft.sections]
    return str(lay_out(draft.title, sections, facts.values, facts.tables)), facts


@pytest.mark.usefixtures("year")
def test_street_is_told_over_all_departments_by_community(acting, street):
    with acting(street):
        words, facts = words_of(street)
    assert words.startswith("春华街道2025年综合工作总结\n期末所辖社区2个。在册居民12人")
    assert "在册残疾人10人，期内走访4人次。" in words
    assert "受理办件2件" in words
    table = facts.tables["各社区残疾人工作"]
    assert [row[0] for row in table.rows] == ["明珠社区", "和平社区"]
    assert [row[table.headers.index("名次")] for row in table.rows] == ["1", "2"]
    assert "各社区为民服务" in facts.tables


@pytest.mark.usefixtures("year")
def test_a_group_is_the_union_of_its_communities(acting, street, community, other_community):
    """Nobody counts twice, and what lies outside of the group does not count."""
    with acting(street):
        person = factories.resident(community)
        for unit in (community, other_community):
            factories.visit(person, unit=unit)
        both = UnitGroup.objects.create(
            unit=street, name="东片区", members=[community.pk, other_community.pk]
        )
        one = UnitGroup.objects.create(unit=street, name="西片区", members=[community.pk])
        factories.handout(street, 50)
        words, facts = words_of(street, both)
        assert words.startswith("东片区2025年综合工作总结\n期末所辖社区2个。")
        assert facts.readings["disability.visited_persons"].value == 5
        assert [row[0] for row in facts.tables["各社区残疾人工作"].rows] == ["明珠社区", "和平社区"]
        assert words_of(street, one)[1].readings["disability.visits"].value == 4


def test_it_is_not_told_of_one_community(acting, make_user, community):
    head = make_user(Role.COMMUNITY_HEAD, community)
    with acting(head), pytest.raises(Denied, match="街道"):
        services.draft(outline=H, unit=community, period=YEAR, by=head)


def test_it_is_read_by_those_alone_who_see_all_departments(acting, make_user, street, community):
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    inspector = make_user(Role.SANITATION_INSPECTOR, street)
    with acting(supervisor):
        summary = services.draft(outline=H, unit=street, period=YEAR, by=supervisor)
        assert summary in Summary.objects.visible_to(supervisor)
        assert summary not in Summary.objects.visible_to(inspector)
    assert H in drafting_outlines(supervisor)
    assert H not in drafting_outlines(inspector)
    with acting(inspector), pytest.raises(Denied):
        services.draft(outline=H, unit=street, period=Period.parse("2024"), by=inspector)


# --- who has issued -------------------------------------------------------------------------------------
@pytest.mark.usefixtures("year")
def test_gaps_are_told_of_the_kinds_that_some_have_issued(
    acting, make_user, street, community, other_community
):
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    with acting(supervisor):
        before = compose(H, street, YEAR)
        told = "".join(section.text for section in before.sections)
        assert "已签发" not in told
        assert "所辖2个社区均未签发" in told
        sign_figures("A", community, YEAR, ["disability.visits"], supervisor)
        for outline in (H, outlines["A"]):
            gaps = next(s for s in compose(outline, street, YEAR).sections if s.key == "gaps")
            said = gaps.text.split("\n")[-1]
            assert "所辖2个社区中，残疾人工作总结已签发1份，尚未签发的是和平社区" in said
        own = compose(outlines["A"], community, YEAR)
        assert "已签发" not in "".join(section.text for section in own.sections)

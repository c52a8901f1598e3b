"""The pages beside a street's draft: who has issued, figures reconciled, paragraphs pulled in, groups."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.figures import figures
from portal.models import UnitGroup
from portal.roles import Role
from portal.summaries import outlines
from reports import services
from reports.models import Quotation, Summary
from reports.rollup.differences import Difference, DifferenceKind
from reports.rollup.named import HIDDEN, named
from reports.rollup.quoting import quotable_issues
from reports.services.groups import save_group
from tests import factories
from tests.reports.conftest import YEAR
from tests.reports.signing import sign_draft, sign_figures
from tests.reports.test_pages import page, post

pytestmark = pytest.mark.django_db
VISITS, PERSONS = "disability.visits", "disability.visited_persons"
GROUPS, NEW_GROUP = reverse("group-list"), reverse("group-create")


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street, name="何主任")


@pytest.fixture
def person(acting, street, community, other_community):
    """Visited by both communities."""
    with acting(street):
        found = factories.resident(community, "单小花")
        factories.visit(found)
        factories.visit(found, unit=other_community)
        return found


@pytest.fixture
def rolled(acting, supervisor, street, person):
    """The street's draft of outline A."""
    with acting(supervisor):
        return services.draft(outline=outlines["A"], unit=street, period=YEAR, by=supervisor)


# --- who has issued -------------------------------------------------------------------------------------
def test_communities_stand_with_number_day_and_check_code(
    acting, client_of, make_user, supervisor, community, other_community, rolled
):
    head = make_user(Role.COMMUNITY_HEAD, other_community)
    with acting(supervisor):
        issue = sign_figures("A", community, YEAR, [VISITS, PERSONS], supervisor)
    with acting(head):
        services.draft(outline=outlines["A"], unit=other_community, period=YEAR, by=head)
    response = client_of(supervisor).get(reverse("summary-communities", args=[rolled.pk]))
    words = page(response)
    assert "2个社区中1个已签发，尚未签发：和平社区" in words
    assert "第1次签发" in words
    assert issue.sha256[:16] in words
    assert "草稿" in words
    [line] = [row for row in response.context["figures"] if row["figure"].code == PERSONS]
    assert (line["sum"], line["signed"], line["street"], line["difference"]) == ("2", 1, "1", "-1")


def test_a_communitys_own_summary_has_no_such_page(acting, client_of, staff, draft):
    client = client_of(staff)
    assert client.get(reverse("summary-communities", args=[draft.pk])).status_code == 404
    assert client.get(reverse("summary-reconcile", args=[draft.pk, VISITS])).status_code == 404


def test_persons_are_named_with_their_reason_and_page(client_of, supervisor, rolled, person):
    response = client_of(supervisor).get(reverse("summary-reconcile", args=[rolled.pk, PERSONS]))
    [row] = response.context["rows"]
    assert (row["label"], row["effect"]) == ("单小花", "-1")
    assert row["url"] == reverse("ledger-detail", args=["residents", person.pk])
    assert "明珠社区、和平社区" in page(response)


def test_persons_of_units_out_of_sight_are_not_named(acting, client_of, make_user, rolled, person):
    """Whoever may see the numbers but not the register of residents sees no name."""
    assert person.name == "单小花"
    other = make_user(Role.SANITATION_INSPECTOR, rolled.unit)
    url = reverse("summary-reconcile", args=[rolled.pk, PERSONS])
    assert client_of(other).get(url).status_code == 404


def test_words_about_a_hidden_person_are_hidden_too(acting, make_user, supervisor, street, person):
    other = make_user(Role.SANITATION_INSPECTOR, street)
    told = Difference(DifferenceKind.DEAD, -1, str(person.pk), True, (), "2025年9月3日去世")
    with acting(supervisor):
        [seen] = named(figures[PERSONS], [told], supervisor)
        [hidden] = named(figures[PERSONS], [told], other)
    assert (seen["label"], seen["words"]) == ("单小花", told.words)
    assert (hidden["label"], hidden["url"], hidden["words"]) == (HIDDEN, "", "")


def test_of_a_ratio_both_terms_are_reconciled(client_of, supervisor, rolled):
    url = reverse("summary-reconcile", args=[rolled.pk, "disability.visit_coverage"])
    terms = client_of(supervisor).get(url).context["terms"]
    assert [term.code for term in terms] == [
        "disability.visited_registered",
        "disability.registered",
    ]
    unknown = reverse("summary-reconcile", args=[rolled.pk, "disability.unknown"])
    assert client_of(supervisor).get(unknown).status_code == 404


def test_pages_ask_as_often_for_three_communities_as_for_one(
    acting, client_of, supervisor, community, other_community, more_communities, rolled, person
):
    client, [third], asked = client_of(supervisor), more_communities(1), []
    for unit in (community, other_community, third):
        with acting(supervisor):
            factories.visit(person, date(2025, 4, 1), unit=unit)
            sign_figures("A", unit, YEAR, [VISITS, PERSONS], supervisor)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("summary-communities", args=[rolled.pk]))
            client.get(reverse("summary-reconcile", args=[rolled.pk, PERSONS]))
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]


# --- paragraphs pulled in -------------------------------------------------------------------------------
@pytest.fixture
def below(acting, supervisor, community, person):
    """The community's issued summary."""
    with acting(supervisor):
        return sign_draft("A", community, YEAR, supervisor)


def test_a_paragraph_comes_with_its_numbers_as_words_and_its_source(
    acting, client_of, supervisor, rolled, below
):
    client, url = client_of(supervisor), reverse("summary-pull", args=[rolled.pk])
    response = client.get(url, {"issue": below.pk})
    words = {p.words: p.key for g in response.context["paragraphs"] for p in g["paragraphs"]}
    told = next(text for text in words if "走访" in text)
    sent = post(
        client,
        f"{url}?issue={below.pk}",
        paragraph=words[told],
        section="stories",
        version=rolled.version,
    )
    assert sent.url == rolled.get_absolute_url()
    with acting(supervisor):
        text = rolled.sections.get(key="stories").text
        [quotation] = Quotation.objects.filter(summary=rolled)
    assert text == f"{told}（摘自《明珠社区2025年残疾人工作总结》）"
    assert "{" not in text
    assert (quotation.words, quotation.issue_id) == (told, below.pk)


def test_nothing_is_pulled_half(acting, client_of, supervisor, rolled, below):
    client, url = client_of(supervisor), reverse("summary-pull", args=[rolled.pk])
    address = f"{url}?issue={below.pk}"
    missing = post(client, address, section="stories", version=rolled.version)
    assert missing.context["form"].errors.keys() == {"paragraph"}
    key = missing.context["paragraphs"][0]["paragraphs"][0].key
    stale = post(client, address, paragraph=key, section="stories", version=rolled.version + 7)
    assert "刚被别人修改过" in page(stale)
    with acting(supervisor):
        assert not Quotation.objects.exists()
        assert rolled.sections.get(key="stories").text == ""


def test_only_issues_below_within_the_period_are_offered(
    acting, client_of, supervisor, street, community, rolled, below
):
    with acting(supervisor):
        sign_figures("A", community, YEAR.parse("2024"), [VISITS], supervisor)
        half = sign_figures("A", community, YEAR.parse("2025H1"), [VISITS], supervisor)
    response = client_of(supervisor).get(reverse("summary-pull", args=[rolled.pk]))
    assert {issue.pk for issue in response.context["issues"]} == {below.pk, half.pk}


def test_issues_of_other_departments_are_not_offered(acting, supervisor, community, rolled):
    with acting(supervisor):
        sign_figures("G", community, YEAR, [VISITS], supervisor)
        assert quotable_issues(rolled, supervisor) == []


def test_damaged_issue_below_is_told_plainly(acting, client_of, supervisor, rolled, below):
    with acting(supervisor):
        below.pk, below.number, below.sha256, below._state.adding = None, 2, "0" * 64, True
        below.save()
    client = client_of(supervisor)
    for name in ("summary-communities", "summary-pull"):
        url = reverse(name, args=[rolled.pk])
        response = client.get(url, {"issue": below.pk})
        assert response.status_code == 409
        assert "签发件已损坏" in page(response)


# --- groups ---------------------------------------------------------------------------------------------
def test_a_group_is_made_changed_and_drafted_for(
    acting, client_of, supervisor, street, community, other_community, person
):
    client = client_of(supervisor)
    made = post(client, NEW_GROUP, name="东片区", members=[community.pk])
    assert made.url == GROUPS
    with acting(supervisor):
        group = UnitGroup.objects.get()
        assert (group.unit, group.members) == (street, [community.pk])
    edit = reverse("group-edit", args=[group.pk])
    versions = client.get(edit).context["form"].shown_versions
    both = [community.pk, other_community.pk]
    post(client, edit, name="东片区", members=both, versions=versions)
    started = post(
        client,
        reverse("summary-create"),
        kind="A",
        unit=street.pk,
        group=group.pk,
        period="2025",
    )
    with acting(supervisor):
        summary = Summary.objects.get()
        assert started.url == summary.get_absolute_url()
        assert (summary.title, summary.group) == ("东片区2025年残疾人工作总结", group)
    response = client.get(summary.get_absolute_url())
    url = reverse("figure-detail", args=[VISITS])
    assert f'href="{url}?group={group.pk}&amp;period=2025"' in response.content.decode()
    assert client.get(url, {"group": group.pk, "period": "2025"}).context["value"] == "2"


def test_groups_refuse_what_cannot_be(
    acting, client_of, make_user, supervisor, street, community, other_street
):
    client = client_of(supervisor)
    post(client, NEW_GROUP, name="东片区", members=[community.pk])
    twin = post(client, NEW_GROUP, name="东片区", members=[community.pk])
    assert twin.context["form"].errors.keys() == {"name"}
    empty = post(client, NEW_GROUP, name="西片区")
    assert empty.context["form"].errors.keys() == {"members"}
    foreign = post(client, NEW_GROUP, name="西片区", members=[other_street.pk])
    assert foreign.context["form"].errors.keys() == {"members"}
    head = make_user(Role.COMMUNITY_HEAD, community)
    assert client_of(head).get(NEW_GROUP).status_code == 403
    with acting(supervisor):
        group = UnitGroup.objects.get()
    assert client_of(head).get(reverse("group-edit", args=[group.pk])).status_code in {403, 404}


def test_a_group_under_review_keeps_name_and_members(
    acting, supervisor, street, community, other_community
):
    with acting(supervisor):
        group = UnitGroup.objects.create(unit=street, name="东片区", members=[community.pk])
        summary = Summary.objects.create(
            kind="A", unit=street, period_key="2025", group=group, title="总结", state="reviewed"
        )
        same = {"unit": street, "name": "东片区", "members": [community]}
        save_group(group, **same, by=supervisor)
        both = [community, other_community]
        for change in ({"name": "西片区"}, {"members": both}):
            with pytest.raises(ValidationError, match="现在待签发，审签期间不能修改社区组"):
                save_group(UnitGroup.objects.get(), **same | change, by=supervisor)
        Summary.objects.filter(pk=summary.pk).update(state="returned")
        save_group(UnitGroup.objects.get(), **same | {"members": both}, by=supervisor)


def test_a_group_in_use_stays(acting, client_of, supervisor, street, community):
    client = client_of(supervisor)
    with acting(supervisor):
        group = UnitGroup.objects.create(unit=street, name="东片区", members=[community.pk])
        services.draft(outline=outlines["A"], unit=street, period=YEAR, group=group, by=supervisor)
    url = reverse("group-remove", args=[group.pk])
    versions = client.get(url).context["form"].shown_versions
    assert "还有这个社区组的总结没有签发" in page(post(client, url, versions=versions))
    with acting(supervisor):
        assert UnitGroup.objects.kept().exists()

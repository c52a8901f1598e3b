"""The pages of an issue: who may open them, what they show and what becomes of it."""

from datetime import date

import pytest
from django.urls import reverse

from portal.models import AccessLog
from portal.roles import Role
from reports.models import Issue, Summary
from tests import factories
from tests.reports.conftest import HOME
from tests.reports.test_pages import CREATE, LIST, page, post

# On one worker: the issue is signed once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("issue-pages")]


def test_other_communities_find_nothing(
    make_user, client_of, other_community, draft, issue, community
):
    stranger = client_of(make_user(Role.COMMUNITY_HEAD, other_community))
    for name in ("detail", "redraft", "issue", "preview"):
        assert stranger.get(reverse(f"summary-{name}", args=[draft.pk])).status_code == 404
    assert post(stranger, reverse("summary-edit", args=[draft.pk])).status_code == 404
    for name in ("issue-detail", "issue-pdf"):
        assert stranger.get(reverse(name, args=[issue.pk])).status_code == 404
    evidence = reverse("issue-evidence", args=[issue.pk, "disability.visits"])
    assert stranger.get(evidence).status_code == 404
    assert post(stranger, reverse("issue-revise", args=[issue.pk])).status_code == 404
    assert "明珠社区2025年" not in page(stranger.get(LIST))
    refused = post(stranger, CREATE, kind="A", unit=community.pk, period="2025")
    assert refused.status_code == 200
    assert refused.context["form"].errors.keys() == {"unit"}


def test_code_narrows_by_itself(make_user, acting, staff, community, other_community, issue):
    """The database would show these rows: the scope is the community's own."""
    stranger = make_user(Role.COMMUNITY_HEAD, other_community)
    clerk = make_user(Role.WINDOW_CLERK, community)
    with acting(community):
        for model, expected in ((Summary, issue.summary), (Issue, issue)):
            assert list(model.objects.visible_to(stranger)) == []
            assert list(model.objects.visible_to(clerk)) == []
            assert list(model.objects.visible_to(staff)) == [expected]


def test_issue_keeps_its_text_and_shows_what_changed(client_of, head, issue, edit_a_visit):
    edit_a_visit()
    response = client_of(head).get(issue.get_absolute_url())
    told = page(response)
    assert f"入户走访{HOME}人次" in told
    assert response.context["changed"] == 2  # home visits, and all visits
    assert f"{HOME - 1}人次" in told


def test_other_rows_of_the_same_number_are_told(client_of, head, issue, edit_a_visit, acting):
    visit = edit_a_visit()
    with acting(head):
        factories.visit(visit.resident, date(2025, 9, 9))
    response = client_of(head).get(issue.get_absolute_url())
    told = {s.difference.issued.key: s for s in response.context["stories"]}
    story = told["disability.visits_home"]
    assert not story.difference.changed
    assert len(story.parts[0].change.changes) == 2
    assert "数相同，记录有变" in page(response)
    unchanged = {each.issued.key for each in response.context["unchanged"]}
    assert "disability.visits_home" not in unchanged


def test_the_signed_file_is_offered_once(client_of, head, issue):
    text = client_of(head).get(issue.get_absolute_url()).content.decode()
    assert text.count(f'href="{reverse("issue-pdf", args=[issue.pk])}"') == 1


def test_evidence_lists_the_very_rows_with_what_became_of_them(
    client_of, head, issue, edit_a_visit
):
    visit = edit_a_visit()
    url = reverse("issue-evidence", args=[issue.pk, "disability.visits_home"])
    [rows] = client_of(head).get(url).context["lists"]
    assert len(rows["issued"]) == HOME
    states = {row.pk: row.state[1] for row in rows["issued"]}
    assert {pk for pk, state in states.items() if state != "未变"} == {visit.pk}
    assert states[visit.pk] == "修改，不再计入"


def test_evidence_of_a_figure_not_told_is_missing(client_of, head, issue):
    url = reverse("issue-evidence", args=[issue.pk, "residents.registered"])
    assert client_of(head).get(url).status_code == 404


def test_download_is_the_file_as_signed_and_is_logged(client_of, head, issue, acting):
    response = client_of(head).get(reverse("issue-pdf", args=[issue.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content == bytes(issue.pdf)
    with acting(head):
        log = AccessLog.objects.get()
    assert (log.action, log.subject, log.subject_id) == ("pdf", "reports.issue", issue.pk)


def test_revision_starts_from_the_signed_words(client_of, head, issue, acting):
    client = client_of(head)
    url = reverse("issue-revise", args=[issue.pk])
    response = post(client, url)
    with acting(head):
        [again] = Summary.objects.filter(state="draft")
    assert response.url == again.get_absolute_url()
    assert post(client, url).url == response.url

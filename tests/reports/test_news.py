"""Steps of a summary are told to whoever acts next and to its writers, and to nobody else."""

import pytest

from portal.models import Notification
from portal.roles import Role
from reports.services import review
from tests.reports.conftest import reviewed, submitted

pytestmark = pytest.mark.django_db


def told(acting, user):
    with acting(user):
        rows = Notification.objects.of(user).order_by("pk")
        return list(rows.values_list("kind", flat=True))


def test_submitted_to_the_reviewer_and_returned_to_the_writer(
    acting, make_user, draft, staff, head, other_community, street
):
    others = [
        make_user(Role.COMMUNITY_HEAD, other_community),
        make_user(Role.STREET_SUPERVISOR, street),
        make_user(Role.WINDOW_CLERK, draft.unit),
    ]
    summary = submitted(draft, staff)
    assert told(acting, head) == ["summaries.submitted"]
    with acting(head):
        review.take(summary, "return", version=summary.version, opinion="补数字", by=head)
        [row] = Notification.objects.of(head)
        assert draft.title in row.text
    assert told(acting, staff) == ["summaries.returned"]
    assert all(told(acting, user) == [] for user in others)


def test_what_the_head_wrote_the_street_is_asked_to_review(acting, make_user, draft, head, street):
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    submitted(draft, head)
    assert told(acting, head) == []
    assert told(acting, supervisor) == ["summaries.submitted"]


def test_passed_and_issued(acting, make_user, draft, staff, head, community):
    second = make_user(Role.COMMUNITY_HEAD, community)
    reviewed(draft, staff, head)
    assert told(acting, second) == ["summaries.submitted", "summaries.reviewed"]


def test_issued_is_told_to_its_writer(acting, issue, staff, head):
    assert told(acting, staff) == ["summaries.issued"]
    assert told(acting, head) == ["summaries.submitted"]


def test_an_issued_summary_is_known_before_its_figures_are_asked_for(
    acting, issue, community, other_community, make_user, street
):
    from portal.asks.known import told_before
    from portal.periods import Period

    [tell] = told_before
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    code = issue.content["figures"][0]["code"]
    units = [community.pk, other_community.pk]
    with acting(supervisor):
        [known] = tell([code], units, Period.parse("2025"))
        assert (known.unit, known.url) == (community.pk, f"/summaries/issues/{issue.pk}/")
        assert list(tell(["no.such"], units, Period.parse("2025"))) == []
        assert list(tell([code], units, Period.parse("2024"))) == []

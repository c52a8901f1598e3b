"""What is due on a day, and the disposal that two persons make of it."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.models import DisposalRun
from portal.retention.due import due_of
from portal.retention.periods import Kept
from portal.retention.rules import all_rules
from portal.retention.services import approve, propose
from portal.roles import Role
from portal.scope import Denied
from residents.models import Visit
from tests import factories
from tests.exports.test_register import pages_of

CODE = "bin:residents.visit"
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
PERIODS = st.one_of(
    st.builds(Kept, years=st.integers(1, 30)), st.builds(Kept, days=st.integers(1, 900))
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(begun=DAYS, today=DAYS, kept=PERIODS)
def test_due_is_exactly_what_ended_before_today(begun, today, kept):
    assert (begun < kept.first_kept(today)) == (kept.last_day(begun) < today)


@pytest.mark.parametrize(
    ("begun", "years", "last"),
    [
        (date(2016, 2, 29), 1, date(2017, 2, 28)),
        (date(2016, 2, 29), 4, date(2020, 2, 29)),
        (date(2015, 3, 1), 10, date(2025, 3, 1)),
    ],
)
def test_a_period_of_years_ends_on_the_same_day_and_is_due_on_the_next(begun, years, last):
    kept = Kept(years=years)
    assert kept.last_day(begun) == last
    assert begun >= kept.first_kept(last)
    assert begun < kept.first_kept(last + timedelta(days=1))


@pytest.fixture
def head(make_user, community):
    return make_user(Role.STREET_SUPERVISOR, community.parent)


@pytest.fixture
def second(make_user, community):
    return make_user(Role.STREET_SUPERVISOR, community.parent, "second")


@pytest.fixture
def binned(acting, head, community):
    """A visit deleted 31 days ago, one 30 days ago, and one that is kept."""
    today = timezone.localdate()
    with acting(head):
        person = factories.resident(community, "王建国")
        rows = [factories.visit(person, content=word) for word in ("旧", "新", "留")]
        for row, days in zip(rows, (31, 30), strict=False):
            gone = today - timedelta(days=days)
            row.deleted_at = timezone.make_aware(datetime(gone.year, gone.month, gone.day, 12))  # noqa: DTZ001
            row.deleted_by = head
            row.save()
    return rows


def send(client, url, **data):
    return client.post(url, data | {"_key": str(uuid.uuid4())})


@pytest.mark.django_db
def test_what_was_deleted_thirty_days_ago_is_not_due_yet(acting, head, binned):
    with acting(head):
        units = {binned[0].unit_id}
        found = {due.rule.code: due.count for due in due_of(units, timezone.localdate())}
        rows = all_rules()[CODE].due(units, timezone.localdate())
        assert found == {CODE: 1}
        assert [row.pk for row in rows] == [binned[0].pk]


@pytest.mark.django_db
def test_one_proposes_another_approves_and_nothing_else_goes(
    acting, client_of, head, second, binned
):
    client = client_of(head)
    assert "回收站：走访" in client.get("/retention/").content.decode()
    asked = send(client, "/retention/propose/", codes=[CODE], reason="年度清理")
    assert asked.status_code == 302, asked.content.decode()
    with acting(head):
        run = DisposalRun.objects.get()
        before = set(Visit.objects.values_list("pk", flat=True))
    version = {"versions": f"{run.pk}:{run.version}", "step": "confirm"}
    own = send(client, f"/retention/{run.pk}/approve/", **version)
    assert own.status_code == 403
    page = client.get(f"/retention/{run.pk}/").content.decode()
    assert "请由另一人审批" in page
    done = send(client_of(second), f"/retention/{run.pk}/approve/", **version)
    assert done.status_code == 302, done.content.decode()
    with acting(head):
        run.refresh_from_db()
        assert before - set(Visit.objects.values_list("pk", flat=True)) == {binned[0].pk}
        assert run.state == "done"
        assert run.frozen[0]["rows"] == []
        assert (run.outcome[0]["gone"], len(run.outcome[0]["sha256"])) == (1, 64)
    paper = client.get(f"/retention/{run.pk}/list.pdf")
    [told] = ["".join(page.split()) for page in pages_of(paper.content)]
    assert "已销毁留下" in told
    assert "合计110" in told
    assert "共1类" in told


@pytest.mark.django_db
def test_what_was_taken_back_meanwhile_stays(acting, head, second, binned):
    with acting(head):
        run = propose([CODE], "清理", by=head)
        row = binned[0]
        row.refresh_from_db()
        row.deleted_at = row.deleted_by = None
        row.save()
    with acting(second):
        outcome = approve(run, by=second)
        assert (outcome[0]["gone"], outcome[0]["changed"]) == (0, 1)
        assert Visit.objects.filter(pk=row.pk).exists()


@pytest.mark.django_db
def test_what_others_refer_to_stays(acting, head, second, binned):
    with acting(head):
        factories.problem(binned[0].unit, visit=binned[0])
        run = propose([CODE], "清理", by=head)
    with acting(second):
        outcome = approve(run, by=second)
        assert (outcome[0]["gone"], outcome[0]["referred"]) == (0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.COMMUNITY_STAFF, Role.WINDOW_CLERK, Role.COMMUNITY_HEAD])
def test_who_may_not_manage_retention_sees_no_page(client_of, make_user, community, role):
    assert client_of(make_user(role, community)).get("/retention/").status_code == 403


@pytest.mark.django_db
def test_the_service_refuses_the_proposer(acting, head, binned):
    with acting(head):
        run = propose([CODE], "清理", by=head)
        with pytest.raises(Denied, match="另一人"):
            approve(run, by=head)

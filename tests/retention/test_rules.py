"""The rules of the apps: each with its ground, due on the right day, and its count opens exactly these rows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.retention import rules
from portal.retention.due import due_of
from portal.roles import Role
from tests import factories

DECLARED = {
    "residents.data_requests": 3,
    "residents.visits": 3,
    "residents.consultations": 3,
    "residents.job_pushes": 3,
    "residents.consents": 3,
    "volunteers.declined": 1,
    "volunteers.help_requests": 3,
    "servicecenter.cases": 10,
    "sanitation.inspections": 10,
    "sanitation.findings": 10,
    "disability.files": 30,
    "disability.certificates": 30,
    "disability.applications": 30,
}


def test_each_rule_has_its_years_and_its_ground():
    assert {rule.code: rule.kept.years for rule in rules} == DECLARED
    assert all("法" in rule.ground or "档案" in rule.ground for rule in rules)


@pytest.mark.django_db
def test_every_rule_asks_what_its_table_can_answer(acting, community):
    with acting(community):
        for rule in rules:
            assert rule.due({community.pk}, timezone.localdate()).count() == 0, rule.code


@pytest.fixture
def visits(acting, community):
    """One visit a day before three years are over, one on the very day, one today."""
    today = timezone.localdate()
    last = today.replace(year=today.year - 3, day=min(today.day, 28))
    with acting(community):
        person = factories.resident(community, "王建国")
        days = (last - timedelta(days=5), today - timedelta(days=1000), today)
        return [factories.visit(person, occurred_on=day) for day in days]


def opened(client, rule, unit):
    return client.get(reverse("retention-due"), {"rule": rule, "unit": unit.pk})


@pytest.mark.django_db
def test_a_count_opens_exactly_the_rows_that_are_due(
    client_of, make_user, acting, visits, community, street
):
    head = make_user(Role.STREET_SUPERVISOR, street)
    client = client_of(head)
    with acting(head):
        [due] = due_of({community.pk}, timezone.localdate())
    assert (due.rule.code, due.count) == ("residents.visits", 1)
    assert due.url.replace("&", "&amp;") in client.get(reverse("retention")).content.decode()
    answer = client.get(due.url)
    [row] = answer.context["rows"]
    assert row["cells"][0]["value"] == f"走访第 {visits[0].pk} 号"
    assert client.get(row["url"]).status_code == 200


@pytest.mark.django_db
def test_who_sees_no_records_is_told_numbers_and_days_alone(
    client_of, make_user, visits, community, street
):
    client = client_of(make_user(Role.SECURITY_ADMINISTRATOR, street))
    answer = opened(client, "residents.visits", community)
    [row] = answer.context["rows"]
    assert row["url"] == ""
    assert "王建国" not in answer.content.decode()


@pytest.mark.django_db
def test_other_units_unknown_rules_and_other_roles_find_nothing(
    client_of, make_user, visits, community, other_street
):
    stranger = client_of(make_user(Role.STREET_SUPERVISOR, other_street))
    assert opened(stranger, "residents.visits", community).status_code == 404
    here = client_of(make_user(Role.STREET_SUPERVISOR, community.parent))
    assert opened(here, "nothing", community).status_code == 404
    assert (
        here.get(reverse("retention-due"), {"rule": "residents.visits", "unit": "x"}).status_code
        == 404
    )
    staff = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert opened(staff, "residents.visits", community).status_code == 403

"""Who may see a record's files: those who see the record in its ledger, nobody else (peers E)."""

import pytest
from django.test import Client

from portal.attachments.services import attach, checked, files_of
from portal.models import Attachment
from portal.roles import Role
from residents.models import Resident
from tests import factories
from tests.attachments import files

pytestmark = pytest.mark.django_db
LOOKS = ("", "thumbnail/")


def addresses(slug, record, row):
    base = f"/ledger/{slug}/{record.pk}/files/{row.pk}/"
    return [base + look for look in LOOKS]


def answers(client, slug, record, row):
    return {client.get(url).status_code for url in addresses(slug, record, row)}


@pytest.fixture
def add(acting, media):
    """``add(record)``: the record with a photo."""

    def make(record):
        with acting(record.unit):
            content = checked(files.noise((40, 40)), "photo")
            [row] = attach(record, [content], purpose="photo", caption="金丝雀", by=None)
        return row

    return make


@pytest.mark.parametrize(
    ("role", "where", "expected"),
    [
        (Role.COMMUNITY_STAFF, "community", 200),
        (Role.COMMUNITY_HEAD, "community", 200),
        (Role.WINDOW_CLERK, "community", 200),
        (Role.STREET_SUPERVISOR, "street", 200),
        (Role.REHABILITATION_WORKER, "community", 200),
        (Role.COMMUNITY_STAFF, "other_community", 404),
        (Role.STREET_SUPERVISOR, "other_street", 404),
        (Role.VOLUNTEER_LEADER, "community", 403),
        (Role.SANITATION_INSPECTOR, "community", 403),
        (Role.SYSTEM_ADMINISTRATOR, "street", 403),
        (Role.AUDIT_ADMINISTRATOR, "street", 403),
    ],
)
def test_files_of_a_visit_by_role_and_unit(
    request, client_of, make_user, visit, add, role, where, expected
):
    row = add(visit)
    client = client_of(make_user(role, request.getfixturevalue(where)))
    assert answers(client, "visits", visit, row) == {expected}
    assert client.get(f"/ledger/visits/{visit.pk}/files/").status_code == expected
    assert client.get(f"/ledger/visits/{visit.pk}/files/print/").status_code == expected


def test_strangers_are_sent_to_sign_in(visit, add):
    assert answers(Client(), "visits", visit, add(visit)) == {302}


def test_files_of_another_department_follow_their_record(
    client_of, make_user, community, visit, add, acting
):
    """A visit tagged as disability work alone is unknown to the window, and so are its photos."""
    with acting(community):
        secret = factories.visit(visit.resident, occurred_on="2025-04-01", domains=["disability"])
    row = add(secret)
    window = client_of(make_user(Role.WINDOW_CLERK, community))
    assert answers(window, "visits", secret, row) == {404}
    assert answers(window, "disability-visits", secret, row) == {403}
    assert answers(
        client_of(make_user(Role.REHABILITATION_WORKER, community)), "visits", secret, row
    ) == {200}


def test_a_file_opens_only_under_its_own_record(client_of, staff, visit, add, acting, community):
    """The number of a file one may see does not open it below another record, nor the reverse."""
    with acting(community):
        other = factories.visit(visit.resident, occurred_on="2025-04-01", domains=["residents"])
        application = factories.application(visit.resident, domains=["residents"])
    row, client = add(visit), client_of(staff)
    assert answers(client, "visits", other, row) == {404}
    assert answers(client, "applications", application, row) == {404}
    assert answers(client, "residents", visit.resident, row) == {404}


def test_a_record_in_the_bin_takes_its_files_along(client_of, staff, visit, add, acting):
    row, client = add(visit), client_of(staff)
    with acting(staff):
        visit.refresh_from_db()
        visit.deleted_at = visit.recorded_at
        visit.save()
    assert answers(client, "visits", visit, row) == {404}


def test_a_former_unit_keeps_its_own_files_and_sees_none_of_the_new_ones(
    client_of, make_user, acting, community, other_community, visit, add
):
    person = visit.resident
    old = add(person)
    with acting(community, other_community):
        person.refresh_from_db()
        person.unit = other_community
        person.save()
    new = add(Resident(pk=person.pk, unit=other_community))
    here, there = (
        client_of(make_user(Role.COMMUNITY_STAFF, unit)) for unit in (community, other_community)
    )
    assert answers(here, "residents", person, old) == {200}
    assert answers(here, "residents", person, new) == {404}
    assert answers(there, "residents", person, new) == {200}
    assert answers(there, "residents", person, old) == {404}


def test_the_database_alone_shows_no_foreign_file(visit, add, acting, other_community):
    add(visit)
    with acting(other_community):
        assert not Attachment.objects.exists()
        assert not files_of(visit).exists()


def test_the_file_of_a_street_paper_opens_below_and_not_above_or_beside(
    client_of, make_user, street, community, other_street, add, acting
):
    with acting(street):
        paper = factories.office.policy_document(street)
        own = factories.office.purchase(street)
    row, hidden = add(paper), add(own)
    below = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert answers(below, "policy-documents", paper, row) == {200}
    assert below.get(f"/ledger/policy-documents/{paper.pk}/files/print/").status_code == 200
    assert answers(below, "purchases", own, hidden) == {404}
    beside = client_of(make_user(Role.STREET_SECTION, other_street))
    assert answers(beside, "policy-documents", paper, row) == {404}
    with acting(community):
        assert list(Attachment.objects.all()) == [row]  # the wall alone: papers, nothing else
        paper_below = factories.office.policy_document(community)
    ours = add(paper_below)
    with acting(other_street):
        assert not Attachment.objects.exists()
    section = client_of(make_user(Role.STREET_SECTION, street))
    assert answers(section, "policy-documents", paper_below, ours) == {200}


def test_no_role_sees_a_file_without_its_record(make_user, community, visit, add, acting):
    add(visit)
    for role in Role:
        user = make_user(role, community)
        with acting(user):
            assert not Attachment.objects.visible_to(user).exists(), role

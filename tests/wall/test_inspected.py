"""The policy class *inspected*: what is kept about a community, and when it reads that."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.roles import Role
from sanitation.enums.inspections import InspectionKind
from sanitation.models import Finding, Inspection, InspectionPoint
from tests.factories import sanitation as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(street, community, acting):
    """An unannounced inspection of the community with a finding, by the street."""
    with acting(street):
        row = make.inspection(street, community, InspectionKind.UNANNOUNCED)
        make.finding(row)
    return row


def opened(row):
    row.handed_in_on, row.is_open = timezone.localdate(), True
    row.save()
    for finding in row.findings.all():
        finding.save()


def test_the_inspected_unit_reads_nothing_before_it_is_open(hidden, street, community, acting, sql):
    with acting(community):
        assert not Inspection.objects.exists()
        assert not Finding.objects.exists()
        assert sql("SELECT count(*) FROM sanitation_finding") == [(0,)]
    with acting(street):
        assert Inspection.objects.get() == hidden
        opened(hidden)
    with acting(community):
        assert Inspection.objects.get() == hidden
        assert Finding.objects.get().community == community


def test_it_never_writes_what_another_keeps(hidden, street, community, acting):
    with acting(street):
        opened(hidden)
    with acting(community):
        row = Inspection.objects.get()
        row.note = "没有问题"
        with pytest.raises((StaleRecord, DatabaseError)), transaction.atomic():
            row.save()


def test_another_community_reads_nothing_of_it(hidden, street, other_community, acting):
    with acting(street):
        opened(hidden)
    with acting(other_community):
        assert not Inspection.objects.exists()


def test_what_is_kept_about_a_community_is_always_read_there(street, community, acting):
    with acting(street):
        make.point(street, community=community)
    with acting(community):
        assert InspectionPoint.objects.get().community == community


def test_the_ledger_lists_it_there_and_does_not_let_it_be_edited(
    client, make_user, street, community, acting
):
    with acting(street):
        row = make.point(street, community=community)
    head = make_user(Role.COMMUNITY_STAFF, community)
    client.force_login(head)
    assert row.name in client.get("/ledger/inspection-points/").content.decode()
    assert client.get(f"/ledger/inspection-points/{row.pk}/").status_code == 200
    assert client.get(f"/ledger/inspection-points/{row.pk}/edit/").status_code in {403, 404}

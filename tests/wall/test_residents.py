"""The wall around the register itself: sealed numbers, persons who move, visits to strangers."""

from datetime import date

import pytest
from django.db import transaction

from portal.errors import ReferenceOutOfScope
from portal.history import SEALED, Change, history_of
from residents.models import ResidencySpell, Resident, Visit
from tests.factories.people import resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def huang(community, acting):
    with acting(community):
        return resident(community, "黄文发", phone="13800138000")


def test_a_neighbouring_community_finds_neither_person_nor_spell(huang, other_community, acting):
    with acting(other_community):
        assert not Resident.objects.exists()
        assert not ResidencySpell.objects.exists()


def test_a_visit_to_a_person_of_another_community_is_refused(huang, other_community, acting):
    with acting(other_community), pytest.raises(ReferenceOutOfScope), transaction.atomic():
        Visit.objects.create(
            domains=["residents"],
            unit=other_community,
            resident=huang,
            occurred_on=date(2025, 3, 1),
            visitor="李芳",
        )


def test_numbers_are_sealed_in_the_log_and_in_the_history(huang, community, acting, sql):
    with acting(community):
        huang.phone = "13900139000"
        huang.save()
        assert history_of(huang)[0].changes == [Change("联系电话", SEALED, SEALED)]
        text = str(sql("SELECT before::text, after::text FROM audit.log"))
    assert "13800138000" not in text
    assert "13900139000" not in text
    assert huang.id_number not in text


def test_who_moved_away_keeps_the_records_of_the_former_community(
    huang, street, community, other_community, acting
):
    with acting(community):
        visit = Visit.objects.create(
            domains=["residents"],
            unit=community,
            resident=huang,
            occurred_on=date(2025, 3, 1),
            visitor="李芳",
        )
    with acting(street):
        huang.unit = other_community
        huang.save()
    with acting(community):
        assert Visit.objects.get().resident.name == "黄文发"
        visit.content = "回访"
        visit.save()
    with acting(other_community):
        assert Resident.objects.get() == huang
        assert not Visit.objects.exists()

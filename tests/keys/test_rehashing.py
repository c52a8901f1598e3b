"""Another HASH_KEY: numbers are found by it, codes on paper still hold, and nothing is left half."""

import io
import os

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from portal.crypto import keyed_hash
from portal.keys.rehashing import hashed_models
from portal.roles import Role
from residents.models import Resident
from residents.selectors import search_residents
from tests import factories
from tests.database import end_web_connections

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def people(acting, community):
    with acting(community):
        return [
            factories.resident(community, f"黄文{n}", phone=f"1380000{n:04d}") for n in range(9)
        ]


@pytest.fixture
def another_key(settings):
    settings.HASH_KEY_NEXT = os.urandom(32)
    return settings.HASH_KEY_NEXT


def rehash() -> str:
    end_web_connections()  # the portal stands still
    out = io.StringIO()
    call_command("keys", "rehash", stdout=out)
    return out.getvalue()


def found(acting, who, text) -> list[int]:
    with acting(who):
        return [each.pk for each in search_residents(Resident.objects.visible_to(who), text)]


def test_after_the_change_numbers_are_found_by_the_new_key_alone(
    acting, make_user, settings, community, people, another_key
):
    user, person = make_user(Role.COMMUNITY_STAFF, community), people[3]
    code = keyed_hash("20250001", "receipt")
    told = rehash()
    assert "residents_resident：9 条" in told
    assert found(acting, user, person.id_number) == []
    settings.HASH_KEY = another_key
    for text in (person.id_number, person.phone):
        assert found(acting, user, text) == [person.pk]
    assert person.pk in found(acting, user, person.id_number[-4:])
    with acting(community):
        assert Resident.objects.get(pk=person.pk).version == person.version
    assert keyed_hash("20250001", "receipt") == code


def test_nothing_changes_while_the_portal_is_connected(acting, community, people, another_key):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
    with pytest.raises(CommandError, match="请先全部停止"):
        call_command("keys", "rehash", stdout=io.StringIO())


def test_with_a_wrong_present_key_nothing_changes(
    acting, make_user, settings, community, people, another_key
):
    right, settings.HASH_KEY = settings.HASH_KEY, os.urandom(32)
    with pytest.raises(CommandError, match="请核对 HASH_KEY"):
        rehash()
    settings.HASH_KEY = right
    user = make_user(Role.COMMUNITY_STAFF, community)
    assert found(acting, user, people[0].id_number) == [people[0].pk]


def test_without_a_next_key_it_is_wrong_use(people):
    with pytest.raises(CommandError, match="HASH_KEY_NEXT"):
        call_command("keys", "rehash", stdout=io.StringIO())


def test_every_column_that_looks_up_a_number_is_known():
    tables = {model._meta.db_table: set(names) for model, names in hashed_models()}
    assert tables["residents_resident"] == {
        *("id_hash", "id_tail_hash", "id_twin_hash", "phone_hash", "phone_tail_hash")
    }
    assert {"disability_certificate", "volunteers_volunteer"} <= tables.keys()

"""The functions that find people and homes by any part of their words tell of nobody out of scope."""

import pytest
from django.db import connection

from tests import factories

pytestmark = pytest.mark.django_db
CALLS = {
    "SELECT residents_by_words('文发', '春华路')": "resident",
    "SELECT residents_by_sound('hwf', 'hwf')": "resident",
    "SELECT residents_homes_by_words('春华路')": "household",
    "SELECT residents_homes_by_words('2-0')": "household",
}


def keys(sql: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [key for (key,) in cursor.fetchall()]


@pytest.fixture
def here(acting, community):
    with acting(community):
        person = factories.resident(community, "黄文发", address="春华路 8 号")
        home = factories.household(community, "2-004", address="春华路 8 号")
    return {"resident": person.pk, "household": home.pk}


@pytest.mark.parametrize("sql", CALLS)
def test_found_in_scope_and_by_nobody_else(acting, community, other_community, here, sql):
    with acting(community):
        assert keys(sql) == [here[CALLS[sql]]]
    with acting(other_community):
        assert keys(sql) == []
    assert keys(sql) == []  # without any scope


def test_the_former_unit_finds_by_name_and_not_by_address(acting, community, other_community, here):
    from residents.models import Resident

    with acting(community, other_community):
        person = Resident.objects.get()
        person.unit = other_community
        person.save()
    with acting(community):
        assert keys("SELECT residents_by_words('文发', '文发')") == [person.pk]
        assert keys("SELECT residents_by_words('春华路', '春华路')") == []
    with acting(other_community):
        assert keys("SELECT residents_by_words('春华路', '春华路')") == [person.pk]


@pytest.mark.parametrize("part", ["%", "_", "2_004", "\\"])
def test_signs_of_patterns_stand_for_themselves(acting, community, here, part):
    with acting(community), connection.cursor() as cursor:
        cursor.execute("SELECT residents_homes_by_words(%s)", [part])
        assert cursor.fetchall() == []
        cursor.execute("SELECT residents_by_words(%s, %s)", [part, part])
        assert cursor.fetchall() == []
        cursor.execute("SELECT residents_by_sound(%s, %s)", [part, part])
        assert cursor.fetchall() == []

"""The one search box (issue 3.3): every way of typing a person, scoped, keyed, and few queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def person(acting, community):
    with acting(community):
        found = factories.resident(
            community,
            "黄文发",
            id_number="440308199901101512",
            born_on=date(1999, 1, 10),
            phone="13800138000",
            address="春华路 66 号 2 栋",
        )
        factories.resident(community, "李小红", address="秋实路 1 号")
        factories.member(factories.household(community, "2-004", address="春华路 66 号"), found)
        factories.certificate(found, number="44030819990110151242", category="4", level="2")
    return found


def names(client, text, **headers):
    groups = client.post("/search/", {"q": text}, **headers).context["groups"]
    return {group.title: [hit.name for hit in group.hits] for group in groups}


@pytest.mark.parametrize(
    "typed",
    [
        "黄文发",
        "文发",
        "huangwenfa",
        "huang",
        "hwf",
        "HWF",
        "440308199901101512",
        "4403 0819 9901 1015 12",
        "1512",
        "13800138000",
        "8000",
        "138-0013-8000",
        "４４０３０８１９９９０１１０１５１２",
    ],
)
def test_a_person_is_found_however_typed(client_of, staff, person, typed):
    assert names(client_of(staff), typed, headers={"HX-Request": "true"})["居民"] == ["黄文发"]


def test_polyphones_are_found_by_each_likely_reading(client_of, acting, community, staff):
    with acting(community):
        factories.resident(community, "单于重乐")
        factories.resident(community, "曾朝阳")
    client = client_of(staff)
    htmx = {"HX-Request": "true"}
    assert names(client, "zengzhaoyang", headers=htmx)["居民"] == ["曾朝阳"]
    assert names(client, "zcy", headers=htmx)["居民"] == ["曾朝阳"]
    assert names(client, "cychl", headers=htmx) == {}
    assert names(client, "cycl", headers=htmx)["居民"] == ["单于重乐"]
    assert names(client, "cyzl", headers=htmx)["居民"] == ["单于重乐"]


def test_address_finds_people_and_households(client_of, staff, person):
    assert names(client_of(staff), "春华路 66") == {"居民": ["黄文发"], "户": ["2-004"]}
    assert names(client_of(staff), "2-004", headers={"HX-Request": "true"}) == {"户": ["2-004"]}


def test_certificate_number_finds_the_certificate(client_of, staff, person):
    client, htmx = client_of(staff), {"HX-Request": "true"}
    assert names(client, "44030819990110151242", headers=htmx) == {"残疾人证": ["黄文发"]}
    assert names(client, "44030819990110151241", headers=htmx) == {}


def test_only_the_departments_of_the_user_are_searched(client_of, make_user, community, person):
    clerk = make_user(Role.WINDOW_CLERK, community)
    assert names(client_of(clerk), "44030819990110151242") == {}


def test_nothing_of_another_unit_is_found(client_of, make_user, other_community, person):
    stranger = make_user(Role.COMMUNITY_STAFF, other_community)
    for typed in ("黄文发", "hwf", "1512", "13800138000", "春华路", "2-004"):
        assert names(client_of(stranger), typed, headers={"HX-Request": "true"}) == {}, typed


def test_the_only_match_opens_at_enter(client_of, staff, person):
    response = client_of(staff).post("/search/", {"q": "hwf"})
    assert response["Location"] == f"/ledger/residents/{person.pk}/"


def test_results_show_no_full_number(client_of, staff, person):
    page = client_of(staff).post("/search/", {"q": "春华路"}).content.decode()
    assert person.masked_id in page
    assert "440308199901101512" not in page
    assert "13800138000" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(client_of, acting, community, staff, count):
    with acting(community):
        for _ in range(count):
            factories.resident(community, "欧阳春", address="和平街")
    client = client_of(staff)
    client.post("/search/", {"q": "x"})
    with CaptureQueriesContext(connection) as queries:
        client.post("/search/", {"q": "欧阳"}, headers={"HX-Request": "true"})
    assert len([q for q in queries if "residents_" in q["sql"]]) == 5

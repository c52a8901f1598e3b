"""The list page of a ledger: scope, filters, search, order, footer, fragment."""

from datetime import date

import pytest

from portal.roles import Role
from residents.models import Visit
from tests import factories

VISITS = "/ledger/visits/"


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def people(acting, community, other_community):
    with acting(community, other_community):
        own = factories.resident(community, "黄文发")
        foreign = factories.resident(other_community, "金丝雀")
        factories.visit(own, date(2025, 3, 10), content="询问近况")
        factories.visit(foreign, date(2025, 3, 11), content="金丝雀的走访")
    return own, foreign


def cells(response):
    return [[cell["value"] for cell in row["cells"]] for row in response.context["rows"]]


def test_list_shows_own_records_and_nothing_of_another_unit(client_of, staff, people):
    response = client_of(staff).get(VISITS)
    assert [row[1] for row in cells(response)] == ["黄文发"]
    assert "金丝雀" not in response.content.decode()


def test_list_masks_id_numbers(client_of, staff, people):
    body = client_of(staff).get(VISITS).content.decode()
    assert people[0].id_number not in body
    assert people[0].masked_id in body


def test_list_filters_by_period_and_mode(acting, client_of, community, staff, people):
    with acting(community):
        factories.visit(people[0], date(2025, 8, 1), mode="phone")
        factories.visit(people[0], date(2024, 8, 1), mode="phone")
    response = client_of(staff).get(VISITS, {"period": "2025", "mode": "phone"})
    assert [row[0] for row in cells(response)] == ["2025-08-01"]


def test_unknown_filter_values_select_nothing_rather_than_everything(client_of, staff, people):
    response = client_of(staff).get(VISITS, {"mode": "teleport"})
    assert response.status_code == 200
    assert response.context["filter_form"].errors


@pytest.mark.parametrize(
    "query", ["page=abc", "page=-1", "page=999999", "sort=;drop", "s=%00", "unit=x"]
)
def test_odd_parameters_are_survived(client_of, staff, people, query):
    assert client_of(staff).get(f"{VISITS}?{query}").status_code == 200


def test_search_word_is_sealed_in_the_address(client_of, staff, people):
    client = client_of(staff)
    response = client.post(VISITS, {"q": "hwf"})
    assert response.status_code == 302
    assert "hwf" not in response["Location"]
    found = client.get(response["Location"])
    assert [row[1] for row in cells(found)] == ["黄文发"]


def test_sort_by_name_both_ways(acting, client_of, community, staff, people):
    with acting(community):
        factories.visit(factories.resident(community, "安平"), date(2025, 1, 2))
    client = client_of(staff)
    first = client.get(VISITS, {"sort": "resident__pinyin"})
    assert [row[1] for row in cells(first)] == ["安平", "黄文发"]
    second = client.get(VISITS, {"sort": "-resident__pinyin"})
    assert [row[1] for row in cells(second)] == ["黄文发", "安平"]


def test_footer_figures_follow_the_list_period(acting, client_of, community, staff, people):
    with acting(community):
        factories.visit(people[0], date(2024, 3, 10))
    response = client_of(staff).get(VISITS, {"period": "2024"})
    values = {item["label"]: item["value"] for item in response.context["footer"]}
    assert values == {"走访人次": "1", "入户走访": "1", "电话走访": "0", "走访人数": "1"}


def test_footer_link_opens_exactly_the_rows_counted(client_of, staff, people):
    client = client_of(staff)
    footer = client.get(VISITS, {"period": "2025"}).context["footer"]
    page = client.get(footer[0]["url"])
    assert page.context["value"] == footer[0]["value"] == "1"
    assert len(page.context["rows"]) == 1


def test_htmx_fragment_is_that_part_of_the_page(client_of, staff, people):
    client = client_of(staff)
    whole = client.get(VISITS).content.decode()
    fragment = client.get(VISITS, headers={"HX-Request": "true"}).content.decode()
    without_keys = [
        line for line in fragment.splitlines() if "csrf" not in line and "_key" not in line
    ]
    assert without_keys
    assert all(line in whole for line in without_keys)


def test_visible_to_starts_every_list(staff, people, acting):
    with acting(staff):
        assert list(Visit.objects.visible_to(staff).values_list("resident", flat=True)) == [
            people[0].pk
        ]

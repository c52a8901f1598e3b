"""楼栋、房屋: where households live; who lives where at a date; what stands empty."""

import uuid
from datetime import date

import pytest

from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from residents.enums import Bond, DwellingUse
from residents.models import Household
from tests import factories
from tests.imports.conftest import bring, clerk, counts, xlsx

__all__ = ["bring", "clerk", "counts"]


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def post(client_of, staff):
    def send(path, **data):
        data["_key"] = str(uuid.uuid4())
        return client_of(staff).post(f"/ledger/{path}", data, follow=True)

    return send


@pytest.fixture
def house(acting, community):
    with acting(community):
        return factories.building(community, "春华路8号1栋")


@pytest.fixture
def flat(acting, community, house):
    with acting(community):
        return factories.dwelling(house, "2", "501")


def test_the_address_of_a_household_follows_its_dwelling(acting, post, staff, house, flat):
    page = post("households/add/", number="1-501", kind="family", dwelling=flat.pk)
    home = page.context["record"]
    assert home.address == "春华路8号1栋2单元501室"
    post(
        f"buildings/{house.pk}/edit/",
        name="春华路8号1栋",
        address="春华大道8号1栋",
        version=house.version,
    )
    with acting(staff):
        home.refresh_from_db()
        assert home.address == "春华大道8号1栋2单元501室"


def test_a_household_needs_an_address_or_a_dwelling(post):
    page = post("households/add/", number="1-501", kind="family")
    assert page.context["form"].errors == {"address": ["请填写地址，或选择房屋。"]}


def test_a_dwelling_of_another_unit_is_refused(
    acting, client_of, make_user, community, other_community, street, flat
):
    both = make_user(Role.COMMUNITY_STAFF, street)
    answer = client_of(both).post(
        "/ledger/households/add/",
        {
            "unit": other_community.pk,
            "number": "1",
            "kind": "family",
            "dwelling": flat.pk,
            "_key": str(uuid.uuid4()),
        },
    )
    refusal = ["这套房屋由明珠社区登记，不属于所选的单位。"]
    assert answer.context["form"].errors == {"dwelling": refusal}


def test_one_room_once_in_an_entrance(post, house, flat):
    same = {"building": house.pk, "room": "501", "use": "own"}
    page = post("dwellings/add/", entrance="2", **same)
    assert page.context["form"].non_field_errors() == ["这栋楼的这个单元已有这个房号。"]
    assert post("dwellings/add/", entrance="1", **same).redirect_chain


def test_a_dwelling_lists_households_of_all_times_and_sublets(
    acting, client_of, staff, community, flat
):
    with acting(community):
        for number in ("旧-1", "甲", "乙"):
            factories.household(community, number, dwelling=flat)
    page = client_of(staff).get(f"/ledger/dwellings/{flat.pk}/")
    [households] = page.context["related"]
    assert households["count"] == 3


def test_occupied_and_vacant_dwellings_over_three_dates(acting, community, house):
    """Four flats: lived in until May, shared by two households since March, registered only, a shop."""
    with acting(community) as scope:
        flats = [factories.dwelling(house, "1", room) for room in ("101", "102", "103")]
        factories.dwelling(house, "1", "铺1", use=DwellingUse.BUSINESS)
        homes = [
            factories.household(community, str(n), dwelling=flats[place])
            for n, place in enumerate((0, 1, 1, 2))
        ]
        people = [factories.resident(community, name) for name in "甲乙丙丁"]
        factories.member(homes[0], people[0], ends_on=date(2025, 5, 31))
        for home, person in zip(homes[1:3], people[1:3], strict=True):
            factories.member(home, person, starts_on=date(2025, 3, 1))
        factories.member(homes[3], people[3], **Bond.REGISTERED.columns)

        def told(month):
            period = Period.parse(f"2025-{month}")
            codes = ("dwellings", "dwellings_occupied", "dwellings_vacant")
            return [engine.read(f"residents.{c}", scope.units, period).value for c in codes]

        assert told("02") == [4, 1, 2]
        assert told("04") == [4, 2, 1]
        assert told("06") == [4, 1, 2]


def test_a_torn_down_building_counts_no_more(acting, community):
    with acting(community) as scope:
        house = factories.building(community, ends_on=date(2025, 3, 31))
        factories.building(community, "2 栋")
        factories.dwelling(house, ends_on=date(2025, 3, 31))
        read = [
            engine.read(code, scope.units, Period.parse(month)).value
            for code in ("residents.buildings", "residents.dwellings")
            for month in ("2025-02", "2025-04")
        ]
    assert read == [2, 1, 1, 0]


def test_a_dwelling_is_found_as_its_door_is_written(client_of, staff, flat):
    for typed in ("春华路8号1栋2单元501", "1栋 2单元501室", "春华路8号1栋 501"):
        page = client_of(staff).post("/ledger/dwellings/pick/", {"q": typed})
        assert [o["pk"] for o in page.context["options"]] == [flat.pk], typed
    page = client_of(staff).post("/ledger/dwellings/pick/", {"q": "1栋 502"})
    assert page.context["options"] == []


def test_buildings_dwellings_and_households_come_from_one_workbook(bring, acting, staff):
    content = xlsx(
        楼栋=[["楼栋", "地址"], ["1栋", "春华路8号1栋"]],
        房屋=[["楼栋", "单元", "房号", "用途"], ["1栋", "2", "501", "出租"]],
        户=[["户编号", "户类型", "楼栋", "单元", "房号"], ["1-501", "家庭户", "1栋", "2", "501"]],
    )
    report = bring(None, content)
    assert report.errors == []
    with acting(staff):
        home = Household.objects.get()
        assert (home.address, home.dwelling.use) == ("春华路8号1栋2单元501室", "rented")
    again = bring(None, content)
    assert again.totals == {"new": 0, "changed": 0, "unchanged": 3, "refused": 0}


def test_a_room_that_is_not_registered_is_named(bring, house):
    content = xlsx(
        户=[
            ["户编号", "户类型", "楼栋", "单元", "房号"],
            ["1-501", "家庭户", "春华路8号1栋", "2", "999"],
        ]
    )
    problem = bring("households", content).errors[0]
    assert problem.message == "这栋楼没有这个单元和房号，请先登记房屋。"
